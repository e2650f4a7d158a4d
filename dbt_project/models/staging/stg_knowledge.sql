-- One row per place, organisation or other thing that is known by an id.
with
    source as (select * from {{ source("raw", "knowledge") }}),

    final as (select linked_id, name, entity_type, country, lies_in, importance from source)

select *
from final
