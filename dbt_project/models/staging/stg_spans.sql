-- One row per piece of a page's decoded text; the pieces of a page tile it.
with
    source as (select * from {{ source("raw", "spans") }}),

    final as (select page_id, span_no, zone, rule, text, start_offset, end_offset, score, is_kept, night from source)

select *
from final
