-- One row per person, agency, desk or organisation that an accepted page names as author
-- or source of its text, believed or not, with the
-- reason.
with
    credits as (select * from {{ ref("stg_credits") }}),

    pages as (select page_id, publication_id, article_id from {{ ref("int_pages_identified") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    final as (
        select
            {{ digest_id("c", "credits.page_id || ' ' || credits.credit_no") }} as credit_id,
            credits.page_id,
            pages.publication_id,
            pages.article_id,
            credits.role,
            credits.original_text,
            credits.name,
            credits.credit_source,
            credits.reason,
            credits.start_offset,
            credits.end_offset,
            credits.is_chosen
        from credits
        inner join pages on credits.page_id = pages.page_id
        inner join publications on pages.publication_id = publications.publication_id
    )

select *
from final
