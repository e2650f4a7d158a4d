-- Names that were judged not to be the same are of two entities.
select name, other_name
from {{ ref("entity_pairs_judged") }}
where verdict = 'not the same' and entity_id = other_entity_id
