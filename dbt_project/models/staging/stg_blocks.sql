-- One row per text block of a parsed page, before anything is cut.
with
    source as (select * from {{ source("raw", "blocks") }}),

    final as (select page_id, outlet_id, block_no, block_key, text, char_count, night from source)

select *
from final
