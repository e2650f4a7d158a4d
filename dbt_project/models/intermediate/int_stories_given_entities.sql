-- One row per story with the names that most of its articles have.
with
    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    named as (
        select
            members.story_id,
            article_entities.entity_id,
            count(*) as times,
            -- Whole ten-thousandths: a sum of doubles depends on its order in the last digits.
            sum((10000 * article_entities.salience)::bigint) as weight
        from {{ ref("article_entities") }} as article_entities
        inner join members on article_entities.article_id = members.article_id
        group by members.story_id, article_entities.entity_id
    ),

    foremost as (
        select *
        from named
        qualify
            row_number() over (partition by story_id order by times desc, weight desc, entity_id)
            <= {{ var("key_entities") }}
    ),

    entities as (select entity_id, canonical_name from {{ ref("entities") }}),

    final as (
        select
            foremost.story_id,
            string_agg(
                entities.canonical_name, '; ' order by foremost.times desc, foremost.weight desc, foremost.entity_id
            ) as key_entities
        from foremost
        inner join entities on foremost.entity_id = entities.entity_id
        group by foremost.story_id
    )

select *
from final
