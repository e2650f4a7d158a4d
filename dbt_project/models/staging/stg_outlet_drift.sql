-- One row per source or outlet and figure of a night, as gate 1 compared it with its history.
with
    source as (select * from {{ source("raw", "outlet_drift") }}),

    final as (select scope, subject_id, figure, value, usual_value, distance, nights, is_unusual, night from source)

select *
from final
