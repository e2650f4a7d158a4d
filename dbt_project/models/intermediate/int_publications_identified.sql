-- One row per publication with the article it carries. An article is named after its
-- first member by night and id, so
-- its name does not change with its reference.
with
    publications as (select * from {{ ref("int_publications_represented") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    texts as (select * from {{ ref("int_texts_grouped_into_articles") }}),

    -- Most texts lead themselves.
    led as (select * from texts where text_page_id <> leading_text_page_id),

    grouped as materialized(
        select publications.*, coalesce(led.leading_text_page_id, publications.text_page_id) as leading_text_page_id
        from publications
        left join led on publications.text_page_id = led.text_page_id
    ),

    first_members as (
        select
            grouped.leading_text_page_id,
            min_by(documents.page_id, (documents.night, documents.page_id)) as first_page_id,
            min(documents.night) as first_night
        from grouped
        inner join documents on grouped.publication_id = documents.publication_id
        group by grouped.leading_text_page_id
    ),

    references_chosen as (
        select leading_text_page_id, page_id as reference_page_id
        from grouped
        where text_page_id = leading_text_page_id
        qualify
            row_number() over (
                partition by leading_text_page_id order by word_count desc, published_at asc nulls last, page_id
            )
            = 1
    ),

    final as (
        select
            grouped.publication_id,
            {{ digest_id("a", "first_members.first_page_id") }} as article_id,
            grouped.page_id,
            references_chosen.reference_page_id,
            grouped.outlet_id,
            first_members.first_night
        from grouped
        inner join first_members on grouped.leading_text_page_id = first_members.leading_text_page_id
        inner join references_chosen on grouped.leading_text_page_id = references_chosen.leading_text_page_id
    )

select *
from final
