-- One row per entity id and the id that took it over, or took a name from it.
with
    changes as (select * from {{ ref("int_entity_ids_changed") }}),

    final as (select old_entity_id, new_entity_id, change, reason, night from changes)

select *
from final
