-- One row per pair of articles that may tell of the same thing, with the evidence and a score from 0 to 1: the chance
-- that both belong to one story. Every piece of evidence is worth points, which add up (docs/decisions/0015).
with
    pairs as (select * from {{ ref("int_article_pairs_measured") }}),

    surroundings as (select * from {{ ref("int_articles_surrounded") }}),

    articles as (select article_id, word_count from {{ ref("int_articles_placed_in_time") }}),

    weighed as (
        select
            pairs.*,
            ln(1 + least(articles.word_count, others.word_count)) as length_of_shorter,
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
            case
                when is_unlinked
                then {{ story_points_of("undated") }} + {{ story_points_of("unlinked") }}
                when days_apart is null
                then {{ story_points_of("undated") }}
                else {{ story_points("days", "days_apart") }}
            end as time_points,
            {{ story_points("length", "length_of_shorter") }} as length_points,
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
            + length_points
            + surrounding_points as points,
            round(1 / (1 + exp(- points)), 6) as score,
            night
        from pointed
    ),

    final as (select * from judged where score >= {{ var("least_story_score") }})

select *
from final
