-- One row per publication whose pages give a time: that of its earliest version that gives a day or, failing that, a
-- month; all columns are of one page, so that what a later version claims moves nothing.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    final as (
        select
            publication_id,
            page_id,
            published_precision,
            published_source,
            published_confidence,
            published_date,
            published_at
        from documents
        where published_precision is not null
        qualify
            row_number() over (
                partition by publication_id order by published_date is null, night, fetched_at asc nulls last, page_id
            )
            = 1
    )

select *
from final
