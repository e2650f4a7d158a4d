-- One row per place in a page where an entity is named.
with
    source as (select * from {{ source("raw", "mentions") }}),

    final as (
        select page_id, mention_no, zone, surface, entity_type, name_key, resolved_key, start_offset, end_offset, night
        from source
    )

select *
from final
