-- One row per publication with the page that stands for it: its fullest version, ties
-- by earliest known time, then id.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    final as (
        select publication_id, page_id, text_page_id, outlet_id, word_count, published_date, published_at
        from documents
        qualify
            row_number() over (
                partition by publication_id order by word_count desc, published_at asc nulls last, page_id
            )
            = 1
    )

select *
from final
