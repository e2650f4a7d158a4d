-- One row per page and word of its title or body.
with
    source as (select * from {{ source("raw", "terms") }}),

    final as (select page_id, term, title_count, body_count, night from source)

select *
from final
