-- One row per entity and form in which it was written.
with
    mentions as (select * from {{ ref("int_mentions_resolved") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    final as (
        select mentions.entity_id, mentions.surface as alias, count(*) as mentions
        from mentions
        inner join entities on mentions.entity_id = entities.entity_id
        group by mentions.entity_id, mentions.surface
    )

select *
from final
