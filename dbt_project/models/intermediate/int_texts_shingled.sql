-- One row per distinct normalised body and shingle of it.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    shingles as (select * from {{ ref("stg_shingles") }}),

    final as (
        select
            documents.page_id,
            shingles.shingle,
            count(*) over (partition by documents.page_id) as text_shingles,
            documents.night
        from documents
        inner join shingles on documents.page_id = shingles.page_id
        where documents.page_id = documents.text_page_id
    )

select *
from final
