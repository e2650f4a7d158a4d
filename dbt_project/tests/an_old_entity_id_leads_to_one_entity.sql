-- Whoever asks for an id gets one answer.
select asked_entity_id from {{ ref("entity_resolve") }} group by asked_entity_id having count(*) > 1
