-- One row per night: what came in against what became of it.
with
    nights as (select * from {{ ref("stg_nights") }}),

    fates as (
        select
            night,
            count(*) filter (where fate = 'accepted') as accepted,
            count(*) filter (where fate = 'quarantined') as quarantined,
            count(*) filter (where fate = 'already_seen') as already_seen
        from {{ ref("int_pages_fated") }}
        group by night
    ),

    final as (
        select
            nights.pages,
            coalesce(fates.accepted, 0) as accepted,
            coalesce(fates.quarantined, 0) as quarantined,
            coalesce(fates.already_seen, 0) as already_seen,
            nights.pages
            = coalesce(fates.accepted, 0)
            + coalesce(fates.quarantined, 0)
            + coalesce(fates.already_seen, 0) as is_balanced,
            nights.night
        from nights
        left join fates on nights.night = fates.night
    )

select *
from final
