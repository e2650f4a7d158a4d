-- One row per pair of articles worth a score, of which at least one is new or changed: three telling words in common,
-- frequent ones only when both are of nearly the same day, two telling names, a quotation, or a run of words too short
-- for a copy. Beyond the window, of days or, where one has none, of the nights that brought them, only what is named or
-- quoted links, and nothing beyond the wider one. `article_id` is the lesser id.
-- depends_on: {{ ref('int_articles_digested') }}
with
    changed as ({{ changed_articles() }}),

    articles as (select * from {{ ref("int_articles_placed_in_time") }}),

    names as (select * from {{ ref("int_article_names_weighed") }} where is_telling),

    changed_names as (select * from names where article_id in (select article_id from changed)),

    quotes as (
        select distinct articles.article_id, quotes.quote_key, articles.first_night
        from articles
        inner join {{ ref("stg_quotes") }} as quotes on articles.reference_page_id = quotes.page_id
    ),

    changed_quotes as (select * from quotes where article_id in (select article_id from changed)),

    -- What was quoted often in the window is a formula.
    told_quotes as (
        select *
        from quotes
        where quote_key in (select quote_key from changed_quotes)
        qualify
            count(*) over (
                partition by quote_key
                order by
                    first_night range between interval {{ var("linked_story_days") }} days preceding and current row
            )
            <= {{ var("frequent_shingle_texts") }}
    ),

    texts as (select page_id, text_page_id, outlet_id from {{ ref("int_documents_accepted") }}),

    pages as (
        select articles.article_id, texts.text_page_id, texts.outlet_id
        from articles
        inner join texts on articles.reference_page_id = texts.page_id
    ),

    changed_pages as (select * from pages where article_id in (select article_id from changed)),

    runs as (select page_id, other_page_id, shared_shingles from {{ ref("int_text_pairs_compared") }}),

    runs_both_ways as (
        select page_id, other_page_id, shared_shingles
        from runs
        where page_id in (select text_page_id from changed_pages)
        union all
        select other_page_id, page_id, shared_shingles
        from runs
        where other_page_id in (select text_page_id from changed_pages)
    ),

    alike as (
        select
            article_id as one_id,
            other_article_id as other_id,
            0 as shared_quotes,
            0 as shared_shingles,
            false as is_linked
        from {{ ref("int_article_terms_shared") }}
        union all
        select changed_names.article_id, names.article_id, 0, 0, true
        from changed_names
        inner join
            names
            on changed_names.resolved_key = names.resolved_key
            and changed_names.article_id <> names.article_id
            and {{ is_within_days("changed_names", "names", var("linked_story_days")) }}
        group by changed_names.article_id, names.article_id
        having count(*) >= {{ var("least_shared_names") }}
        union all
        select told_quotes.article_id, others.article_id, count(*), 0, true
        from told_quotes
        inner join
            told_quotes as others
            on told_quotes.quote_key = others.quote_key
            and told_quotes.article_id <> others.article_id
        where told_quotes.article_id in (select article_id from changed)
        group by told_quotes.article_id, others.article_id
        union all
        select
            changed_pages.article_id,
            others.article_id,
            0,
            runs.shared_shingles,
            runs.shared_shingles >= {{ var("quoted_shingles") }}
        from runs_both_ways as runs
        inner join changed_pages on runs.page_id = changed_pages.text_page_id
        inner join pages as others on runs.other_page_id = others.text_page_id
        where
            -- What an outlet repeats is its own form of words, not a quotation.
            changed_pages.outlet_id <> others.outlet_id or changed_pages.outlet_id is null or others.outlet_id is null
    ),

    paired as (
        select
            least(one_id, other_id) as article_id,
            greatest(one_id, other_id) as other_article_id,
            max(shared_quotes) as shared_quotes,
            max(shared_shingles) as shared_shingles,
            bool_or(is_linked) as is_linked
        from alike
        group by all
    ),

    final as (
        select
            paired.* exclude (is_linked),
            abs(date_diff('day', articles.published_date, other_articles.published_date)) as days_apart,
            greatest(articles.first_night, other_articles.first_night) as night
        from paired
        inner join articles on paired.article_id = articles.article_id
        inner join articles as other_articles on paired.other_article_id = other_articles.article_id
        where
            if(
                paired.is_linked,
                {{ is_within_days("articles", "other_articles", var("linked_story_days")) }},
                {{ is_within_days("articles", "other_articles", var("story_days")) }}
            )
            and (
                (articles.published_date is not null and other_articles.published_date is not null)
                or (
                    coalesce(articles.latest_year_mentioned <= year(other_articles.published_date) + 1, true)
                    and coalesce(other_articles.latest_year_mentioned <= year(articles.published_date) + 1, true)
                    -- Texts that speak of other years are two rituals unless more than words links them.
                    and (
                        paired.is_linked
                        or coalesce(
                            abs(
                                coalesce(year(articles.published_date), articles.latest_year_mentioned)
                                - coalesce(year(other_articles.published_date), other_articles.latest_year_mentioned)
                            )
                            <= 1,
                            true
                        )
                    )
                )
            )
    )

select *
from final
