with
    entities as (select entity_id, mentions, articles from {{ ref("entities") }}),

    mentions as (
        select entity_id, count(*) as found, count(distinct article_id) as articles
        from {{ ref("mentions") }}
        group by entity_id
    ),

    aliases as (select entity_id, sum(mentions) as found from {{ ref("entity_aliases") }} group by entity_id),

    final as (
        select entities.entity_id
        from entities
        left join mentions on entities.entity_id = mentions.entity_id
        left join aliases on entities.entity_id = aliases.entity_id
        where
            entities.mentions is distinct from mentions.found
            or entities.mentions is distinct from aliases.found
            or entities.articles is distinct from mentions.articles
    )

select *
from final
