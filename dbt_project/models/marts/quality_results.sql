-- One row per night, run of a gate and expectation that was checked; a view, so that it
-- shows the gate that follows the build.
{{ config(materialized="view") }}

with
    results as (select * from {{ ref("stg_quality_results") }}),

    final as (
        select
            gate,
            expectation,
            severity,
            observed,
            expected,
            why,
            next_step,
            run_no,
            is_met,
            run_no = max(run_no) over (partition by night, gate) as is_latest_run,
            night
        from results
    )

select *
from final
