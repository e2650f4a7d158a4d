with
    entities as (select * from marts.entities),

    mentions as (
        select entity_id, count(*) as mentions, count(distinct article_id) as articles
        from marts.mentions
        group by entity_id
    ),

    final as (
        select
            coalesce(entities.entity_id, mentions.entity_id) as entity_id,
            entities.canonical_name,
            entities.mentions,
            mentions.mentions as mentions_found,
            entities.articles,
            mentions.articles as articles_found
        from entities
        full join mentions on entities.entity_id = mentions.entity_id
        where
            entities.mentions is distinct from mentions.mentions or entities.articles is distinct from mentions.articles
    )

select *
from final
