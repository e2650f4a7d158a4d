-- One row per headline that an accepted page or its source row gives, chosen or not, with the reason.
with
    titles as (select * from {{ ref("stg_titles") }}),

    pages as (select page_id, publication_id, article_id from {{ ref("int_pages_identified") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    final as (
        select
            {{ digest_id("h", "titles.page_id || ' ' || titles.title_no") }} as title_id,
            titles.page_id,
            pages.publication_id,
            pages.article_id,
            titles.title_source,
            titles.original_text,
            titles.title,
            titles.reason,
            titles.is_chosen
        from titles
        inner join pages on titles.page_id = pages.page_id
        inner join publications on pages.publication_id = publications.publication_id
    )

select *
from final
