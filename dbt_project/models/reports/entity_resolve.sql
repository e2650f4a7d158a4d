-- One row per entity id that was ever given, with the entity that stands for it today.
with
    entities as (select entity_id, canonical_name from {{ ref("entities") }}),

    lineage as (select * from {{ ref("entity_lineage") }} where change <> 'split'),

    asked as (
        select entity_id as asked_entity_id, entity_id
        from entities
        union all
        select old_entity_id, new_entity_id
        from lineage
    ),

    final as (
        select asked.asked_entity_id, asked.entity_id, entities.canonical_name
        from asked
        left join entities on asked.entity_id = entities.entity_id
    )

select *
from final
