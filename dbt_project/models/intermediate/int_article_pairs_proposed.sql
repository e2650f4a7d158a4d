-- One row per pair of articles worth a score, of which at least one is new or changed: three telling words in common,
-- frequent ones only when both are of nearly the same day, two telling names, a quotation, or a run of words too short
-- for a copy. Beyond the window only what is named or quoted links. `article_id` is the lesser id.
-- depends_on: {{ ref('int_articles_digested') }}
with
    changed as ({{ changed_articles() }}),

    articles as (select * from {{ ref("int_articles_placed_in_time") }}),

    names as (select * from {{ ref("int_article_names_weighed") }} where is_telling),

    quotes as (
        select distinct articles.article_id, quotes.quote_key, articles.first_night
        from articles
        inner join {{ ref("stg_quotes") }} as quotes on articles.reference_page_id = quotes.page_id
    ),

    told_quotes as (
        select *
        from quotes
        qualify count(*) over (partition by quote_key order by first_night) <= {{ var("frequent_shingle_texts") }}
    ),

    texts as (select page_id, text_page_id, outlet_id from {{ ref("int_documents_accepted") }}),

    pages as (
        select articles.article_id, texts.text_page_id, texts.outlet_id
        from articles
        inner join texts on articles.reference_page_id = texts.page_id
    ),

    runs as (select * from {{ ref("int_text_pairs_compared") }}),

    alike as (
        select
            article_id as one_id,
            other_article_id as other_id,
            0 as shared_quotes,
            0 as shared_shingles,
            false as is_linked
        from {{ ref("int_article_terms_shared") }}
        union all
        select changed.article_id, others.article_id, 0, 0, true
        from changed
        inner join names on changed.article_id = names.article_id
        inner join names as others on names.resolved_key = others.resolved_key and names.article_id <> others.article_id
        group by changed.article_id, others.article_id
        having count(*) >= {{ var("least_shared_names") }}
        union all
        select changed.article_id, others.article_id, count(*), 0, true
        from changed
        inner join told_quotes on changed.article_id = told_quotes.article_id
        inner join
            told_quotes as others
            on told_quotes.quote_key = others.quote_key
            and told_quotes.article_id <> others.article_id
        group by changed.article_id, others.article_id
        union all
        select
            pages.article_id,
            others.article_id,
            0,
            runs.shared_shingles,
            runs.shared_shingles >= {{ var("quoted_shingles") }}
        from runs
        inner join pages on runs.page_id = pages.text_page_id
        inner join pages as others on runs.other_page_id = others.text_page_id
        where
            -- What an outlet repeats is its own form of words, not a quotation.
            (pages.outlet_id <> others.outlet_id or pages.outlet_id is null or others.outlet_id is null)
            and (
                pages.article_id in (select article_id from changed)
                or others.article_id in (select article_id from changed)
            )
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
            coalesce(
                abs(date_diff('day', articles.published_date, other_articles.published_date))
                <= if(paired.is_linked, {{ var("linked_story_days") }}, {{ var("story_days") }}),
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

select *
from final
