-- One row per accepted page with its publication, its article, the article's
-- reference and the version before it.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    publications as (select * from {{ ref("int_publications_identified") }}),

    final as (
        select
            documents.page_id,
            documents.publication_id,
            publications.article_id,
            publications.reference_page_id,
            publications.page_id as publication_page_id,
            documents.text_page_id,
            lag(documents.page_id) over versions as previous_page_id,
            row_number() over versions as version_no,
            documents.night
        from documents
        inner join publications on documents.publication_id = publications.publication_id
        window
            versions as (
                partition by documents.publication_id
                order by documents.night, documents.fetched_at asc nulls last, documents.page_id
            )
    )

select *
from final
