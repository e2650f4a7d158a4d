-- One row per night, outlet and block that repeats across the outlet's pages.
with
    source as (select * from {{ source("raw", "outlet_templates") }}),

    final as (select outlet_id, block_key, example, pages, night from source)

select *
from final
