-- One row per night, gate and expectation that was checked; a view, so that it shows
-- the gate that follows the build.
{{ config(materialized="view") }}

with
    results as (select * from {{ ref("stg_quality_results") }}),

    final as (select gate, expectation, severity, observed, expected, why, next_step, is_met, night from results)

select *
from final
