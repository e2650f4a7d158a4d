-- One row per page and distinct word 4-gram of its clean body.
with source as (select * from {{ source("raw", "shingles") }}), final as (select page_id, shingle, night from source)

select *
from final
