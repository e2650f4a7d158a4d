-- One row per pair of articles of a story that this run parts, with the chance that both tell of one
-- happening: by their days and those of which they tell, by the words that part the story and by their
-- titles. A word that all of a story have, such as its actors, says little here.
with
    pairs as (
        select * from {{ ref("int_story_pairs_linked") }} where coalesce(days_apart, 0) <= {{ var("event_days") }}
    ),

    members as (select * from {{ ref("int_members_of_changed_stories") }}),

    terms as (
        select
            members.article_id,
            terms.term,
            (
                terms.weight * ln(
                    (members.story_articles + {{ var("event_contrast") }})
                    / count(*) over (partition by members.story_id, terms.term)
                )
            )::bigint as weight
        from {{ ref("int_article_terms_weighted") }} as terms
        inner join members on terms.article_id = members.article_id
    ),

    lengths as (select article_id, sqrt(sum(weight * weight)) as length from terms group by article_id),

    shared as (
        select pairs.article_id, pairs.other_article_id, sum(terms.weight * others.weight) as product
        from pairs
        inner join terms on pairs.article_id = terms.article_id
        inner join terms as others on pairs.other_article_id = others.article_id and terms.term = others.term
        group by pairs.article_id, pairs.other_article_id
    ),

    measured as (
        select pairs.*, coalesce(shared.product / (lengths.length * other_lengths.length), 0) as event_cosine
        from pairs
        inner join lengths on pairs.article_id = lengths.article_id
        inner join lengths as other_lengths on pairs.other_article_id = other_lengths.article_id
        left join shared on pairs.article_id = shared.article_id and pairs.other_article_id = shared.other_article_id
    ),

    final as (
        select
            story_id,
            article_id,
            other_article_id,
            days_apart,
            round(event_cosine, 6) as event_cosine,
            title_cosine,
            round(1 / (1 + exp(- ({{ event_points() }}))), 6) as event_score,
            night
        from measured
    )

select *
from final
