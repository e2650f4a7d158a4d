-- One row per night, run of a gate and expectation that was checked.
with
    source as (select * from {{ source("raw", "quality_results") }}),

    final as (select gate, expectation, severity, observed, expected, why, next_step, run_no, is_met, night from source)

select *
from final
