-- An entity id that was ever given is found, and leads to an entity unless its names are gone.
select given.entity_id
from {{ ref("int_entity_ids_given") }} as given
left join {{ ref("entity_resolve") }} as resolved on given.entity_id = resolved.asked_entity_id
left join
    {{ ref("entity_lineage") }} as lineage on given.entity_id = lineage.old_entity_id and lineage.change = 'withdrawn'
where resolved.asked_entity_id is null or (resolved.entity_id is null and lineage.old_entity_id is null)
