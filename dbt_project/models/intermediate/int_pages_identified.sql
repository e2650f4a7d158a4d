-- One row per accepted page with its publication, its article, the article's
-- reference and the version before it.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    publications as (select * from {{ ref("int_publications_identified") }}),

    -- Most publications have one page, which no other is put in order with.
    revised as (select publication_id from documents group by publication_id having count(*) > 1),

    versions as (
        select page_id, lag(page_id) over met as previous_page_id, row_number() over met as version_no
        from documents
        where publication_id in (select publication_id from revised)
        window met as (partition by publication_id order by night, fetched_at asc nulls last, page_id)
    ),

    final as (
        select
            documents.page_id,
            documents.publication_id,
            publications.article_id,
            publications.reference_page_id,
            publications.page_id as publication_page_id,
            documents.text_page_id,
            versions.previous_page_id,
            coalesce(versions.version_no, 1) as version_no,
            documents.night
        from documents
        inner join publications on documents.publication_id = publications.publication_id
        left join versions on documents.page_id = versions.page_id
    )

select *
from final
