-- One row per accepted page against the reference of its article; the rows of kind
-- reference are the articles.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    measured as (select * from {{ ref("int_copies_measured") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    articles as (select article_id, reference_page_id, agency, title from {{ ref("articles") }}),

    final as (
        select
            pages.page_id as copy_id,
            pages.publication_id,
            pages.article_id,
            pages.reference_page_id,
            case
                when pages.page_id = pages.reference_page_id
                then 'reference'
                when pages.page_id <> pages.publication_page_id
                then 'update'
                when measured.is_same_text
                then 'exact'
                when
                    measured.overlap_of_copy >= {{ var("excerpt_overlap_of_copy") }}
                    and measured.overlap_of_reference < {{ var("excerpt_overlap_of_reference") }}
                then 'excerpt'
                else 'near'
            end as kind,
            case
                when articles.agency is null then 'none' when documents.agency is null then 'stripped' else 'kept'
            end as credit,
            measured.overlap_of_copy,
            measured.overlap_of_reference,
            measured.words_added,
            measured.words_removed,
            coalesce(lower(documents.title) <> lower(articles.title), false) as is_headline_changed,
            pages.night
        from pages
        inner join measured on pages.page_id = measured.page_id
        inner join documents on pages.page_id = documents.page_id
        inner join articles on pages.article_id = articles.article_id
    )

select *
from final
