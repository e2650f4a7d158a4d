-- One row per source or outlet, figure and night: what it was, what is usual, and whether gate 1 warned of it.
with
    drift as (select * from {{ ref("stg_outlet_drift") }}),

    outlets as (select * from {{ ref("outlets") }}),

    final as (
        select
            drift.scope,
            drift.subject_id,
            outlets.outlet_name,
            drift.figure,
            drift.value,
            drift.usual_value,
            drift.distance,
            drift.nights,
            drift.is_unusual,
            drift.night
        from drift
        left join outlets on drift.scope = 'outlet' and drift.subject_id = outlets.outlet_id
    )

select *
from final
