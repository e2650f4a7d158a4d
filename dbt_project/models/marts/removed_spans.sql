-- One row per piece of an accepted page's text that is not part of its clean body;
-- with the kept pieces they give the
-- page back exactly.
with
    spans as (select * from {{ ref("stg_spans") }} where not is_kept),

    pages as (select page_id, article_id from {{ ref("int_pages_identified") }}),

    articles as (select article_id from {{ ref("articles") }}),

    final as (
        select
            spans.page_id,
            pages.article_id,
            spans.span_no,
            spans.zone,
            spans.rule,
            spans.text,
            spans.start_offset,
            spans.end_offset,
            spans.score
        from spans
        inner join pages on spans.page_id = pages.page_id
        inner join articles on pages.article_id = articles.article_id
    )

select *
from final
