-- One row per English word that is written small.
with source as (select * from {{ source("raw", "common_words") }}), final as (select word from source)

select *
from final
