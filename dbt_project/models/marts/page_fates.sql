-- One row per input page: accepted, quarantined with a reason, or seen before.
with
    pages as (select * from {{ ref("int_pages_fated") }}),

    identified as (select page_id, article_id from {{ ref("int_pages_identified") }}),

    articles as (select article_id from {{ ref("articles") }}),

    final as (
        select
            pages.page_id,
            pages.source_id,
            articles.article_id,
            pages.seen_page_id,
            pages.origin,
            pages.url,
            pages.fate,
            pages.reason,
            pages.detail,
            pages.night,
            pages.fetched_at
        from pages
        left join identified on pages.page_id = identified.page_id
        left join articles on identified.article_id = articles.article_id
    )

select *
from final
