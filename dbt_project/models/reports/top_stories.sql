-- One row per story of two articles or more, the widest told first.
with
    stories as (select * from {{ ref("stories") }}),

    members as (select article_id, story_id from {{ ref("story_articles") }}),

    named as (
        select
            members.story_id,
            entities.entity_id,
            entities.canonical_name,
            count(*) as times,
            -- A sum of doubles depends on its order in the last digits.
            round(sum(article_entities.salience), 4) as weight
        from {{ ref("article_entities") }} as article_entities
        inner join members on article_entities.article_id = members.article_id
        inner join {{ ref("entities") }} as entities on article_entities.entity_id = entities.entity_id
        group by members.story_id, entities.entity_id, entities.canonical_name
        qualify
            row_number() over (
                partition by members.story_id
                order by times desc, weight desc, entities.canonical_name, entities.entity_id
            )
            <= 5
    ),

    key_entities as (
        select
            story_id,
            string_agg(canonical_name, '; ' order by times desc, weight desc, canonical_name, entity_id) as key_entities
        from named
        group by story_id
    ),

    final as (
        select
            row_number() over (order by newsrooms desc, articles desc, publications desc, stories.story_id) as place,
            stories.story_id,
            label,
            key_entities.key_entities,
            newsrooms,
            articles,
            events,
            publications,
            outlets,
            first_date,
            last_date,
            first_night,
            last_night
        from stories
        left join key_entities on stories.story_id = key_entities.story_id
        where articles > 1
    )

select *
from final
