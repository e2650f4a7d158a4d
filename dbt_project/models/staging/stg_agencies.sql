-- One row per news agency that credits are read with.
with
    source as (select * from {{ source("raw", "agencies") }}),

    final as (select agency, aliases, kind, country from source)

select *
from final
