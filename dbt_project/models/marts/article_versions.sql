-- One row per accepted page of a publication, in the order the nights met them.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    words as (select * from {{ ref("int_page_pairs_compared") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    final as (
        select
            pages.page_id as version_id,
            pages.publication_id,
            pages.article_id,
            pages.previous_page_id as previous_version_id,
            documents.title,
            pages.version_no,
            coalesce(words.words_added, 0) as words_added,
            coalesce(words.words_removed, 0) as words_removed,
            coalesce(
                documents.body_sha256 <> previous.body_sha256
                and documents.updated_at is not distinct from previous.updated_at,
                false
            ) as is_silent_edit,
            coalesce(
                documents.body_sha256 = previous.body_sha256 and documents.title is distinct from previous.title, false
            ) as is_headline_only,
            pages.night,
            documents.published_at,
            documents.updated_at
        from pages
        inner join publications on pages.publication_id = publications.publication_id
        inner join documents on pages.page_id = documents.page_id
        left join documents as previous on pages.previous_page_id = previous.page_id
        left join words on pages.page_id = words.page_id and pages.previous_page_id = words.other_page_id
    )

select *
from final
