-- One row per place in a page where an entity is named.
with
    source as (select * from {{ source("raw", "mentions") }}),

    final as (
        select
            page_id,
            mention_no,
            zone,
            surface,
            entity_type,
            mention_kind,
            country_code,
            name_key,
            resolved_key,
            span_no,
            start_offset,
            end_offset,
            night
        from source
    )

select *
from final
