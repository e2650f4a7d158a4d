-- One row per night, gate and expectation that was checked.
with
    source as (select * from {{ source("raw", "quality_results") }}),

    final as (select gate, expectation, severity, observed, expected, why, next_step, is_met, night from source)

select *
from final
