-- One row per outlet ever declared in a sources file.
with
    source as (select * from {{ source("raw", "outlets") }}),

    final as (select outlet_id, outlet_name, hosts, time_zone, country from source)

select *
from final
