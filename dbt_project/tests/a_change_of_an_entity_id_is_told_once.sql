-- A key would do, were the new id of one that was withdrawn not null.
select old_entity_id, new_entity_id, change from {{ ref("entity_lineage") }} group by all having count(*) > 1
