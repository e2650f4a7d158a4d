-- One row per article with how much its words resemble those of what was there by its
-- night: of the five nearest articles and of the next ones after ten. What resembles
-- much that is not its story needs more than likeness to join one.
with
    articles as (select article_id, first_night from {{ ref("int_articles_placed_in_time") }}),

    pairs as (
        select article_id, other_article_id, (1000000 * cosine)::bigint as millionths, night
        from {{ ref("int_article_pairs_measured") }}
        where coalesce(days_apart <= {{ var("story_days") }}, true)
    ),

    both_ways as (
        select article_id, millionths, other_article_id, night
        from pairs
        union all
        select other_article_id, millionths, article_id, night
        from pairs
    ),

    ranked as (
        select
            both_ways.article_id,
            both_ways.millionths,
            row_number() over (
                partition by both_ways.article_id order by both_ways.millionths desc, both_ways.other_article_id
            ) as place
        from both_ways
        inner join articles on both_ways.article_id = articles.article_id and both_ways.night = articles.first_night
        qualify place <= {{ var("surrounding_articles") }}
    ),

    final as (
        select
            articles.article_id,
            coalesce(sum(ranked.millionths) filter (where ranked.place <= {{ var("nearest_articles") }}), 0)
            / (1e6 * {{ var("nearest_articles") }}) as nearest_cosine,
            coalesce(sum(ranked.millionths) filter (where ranked.place > {{ var("skipped_articles") }}), 0)
            / (1e6 * ({{ var("surrounding_articles") }} - {{ var("skipped_articles") }})) as background_cosine
        from articles
        left join ranked on articles.article_id = ranked.article_id
        group by articles.article_id
    )

select *
from final
