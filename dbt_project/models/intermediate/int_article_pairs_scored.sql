-- One row per pair of articles that may tell of the same thing, with the evidence and a score from 0 to 1: the chance
-- that both belong to one story. Every piece of evidence is worth points, which add up (docs/decisions/0015).
with
    pairs as (select * from {{ ref("int_article_pairs_measured") }}),

    surroundings as (select * from {{ ref("int_articles_surrounded") }}),

    articles as (select * from {{ ref("int_articles_placed_in_time") }}),

    weighed as (
        select
            pairs.*,
            -- What links two articles beyond the window too.
            pairs.telling_entities >= {{ var("least_shared_names") }}
            or pairs.shared_quotes > 0
            or pairs.shared_shingles >= {{ var("quoted_shingles") }} as is_linked,
            -- A text without a day stands no nearer to one that has a day than a day away.
            coalesce(
                pairs.days_apart,
                if(
                    articles.published_date is null and others.published_date is null,
                    {{ var("undated_days") }},
                    {{ var("half_dated_days") }}
                )
            ) as assumed_days_apart,
            -- Two texts of one ritual share most words, so without days words alone say little of long texts.
            pairs.days_apart is null
            and pairs.telling_entities = 0
            and pairs.shared_quotes = 0
            and pairs.shared_shingles < {{ var("quoted_shingles") }}
            and least(articles.word_count, others.word_count) >= {{ var("unlinked_words") }} as is_unlinked,
            (surroundings.nearest_cosine + other_surroundings.nearest_cosine) / 2 as nearest_cosine,
            (surroundings.background_cosine + other_surroundings.background_cosine) / 2 as background_cosine
        from pairs
        inner join articles on pairs.article_id = articles.article_id
        inner join articles as others on pairs.other_article_id = others.article_id
        inner join surroundings on pairs.article_id = surroundings.article_id
        inner join surroundings as other_surroundings on pairs.other_article_id = other_surroundings.article_id
    ),

    pointed as (
        select
            *,
            {{ story_points("words", "cosine") }} + {{ story_points("title", "title_cosine") }} as word_points,
            {{ story_points("names", "telling_entities") }} as name_points,
            {{ story_points("quotes", "shared_quotes") }}
            + {{ story_points("runs", "ln(1 + shared_shingles)") }} as quotation_points,
            {{ story_points("days", "assumed_days_apart") }}
            + if(days_apart is null, {{ story_points_of("undated") }}, 0)
            + if(is_unlinked, {{ story_points_of("unlinked") }}, 0) as time_points,
            {{ story_points("nearest", "nearest_cosine") }}
            + {{ story_points("background", "background_cosine") }} as surrounding_points
        from weighed
    ),

    judged as (
        select
            * exclude (night),
            {{ story_points_of("start") }}
            + word_points
            + name_points
            + quotation_points
            + time_points
            + surrounding_points as points,
            round(1 / (1 + exp(- points)), 6) as score,
            night
        from pointed
    ),

    final as (select * from judged where score >= {{ var("least_story_score") }})

select *
from final
