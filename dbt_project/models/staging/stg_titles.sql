-- One row per headline a page or its source row gives.
with
    source as (select * from {{ source("raw", "titles") }}),

    final as (
        select page_id, title_no, source as title_source, original_text, title, reason, is_chosen, night from source
    )

select *
from final
