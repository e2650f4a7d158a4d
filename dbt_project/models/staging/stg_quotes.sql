-- One row per quotation in a clean body.
with
    source as (select * from {{ source("raw", "quotes") }}),

    final as (select page_id, quote_no, quote_key, text, speaker, verb, start_offset, end_offset, night from source)

select *
from final
