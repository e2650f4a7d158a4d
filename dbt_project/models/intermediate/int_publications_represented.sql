-- One row per publication with the page that stands for it, its fullest version, ties by earliest known time, then id;
-- and with the publication's time.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    times as (select * from {{ ref("int_publications_timed") }}),

    fullest as (
        select publication_id, page_id, text_page_id, outlet_id, word_count, night
        from documents
        qualify
            row_number() over (
                partition by publication_id order by word_count desc, published_at asc nulls last, page_id
            )
            = 1
    ),

    final as (
        select fullest.*, times.published_date, times.published_at
        from fullest
        left join times on fullest.publication_id = times.publication_id
    )

select *
from final
