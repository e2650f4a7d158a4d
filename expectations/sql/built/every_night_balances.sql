-- Counted from the pages themselves and compared with what the mart says.
with
    nights as (select * from raw.nights),

    page_fates as (select * from marts.page_fates),

    run_balance as (select * from marts.run_balance),

    counted as (
        select
            night,
            count(*) as pages,
            count(*) filter (where fate = 'accepted') as accepted,
            count(*) filter (where fate = 'quarantined') as quarantined,
            count(*) filter (where fate = 'already_seen') as already_seen
        from page_fates
        group by night
    ),

    final as (
        select
            nights.night,
            nights.pages as pages_offered,
            counted.accepted,
            counted.quarantined,
            counted.already_seen,
            run_balance.is_balanced
        from nights
        left join counted on nights.night = counted.night
        left join run_balance on nights.night = run_balance.night
        where
            nights.pages
            <> coalesce(counted.accepted, 0) + coalesce(counted.quarantined, 0) + coalesce(counted.already_seen, 0)
            or not coalesce(run_balance.is_balanced, false)
            or run_balance.pages <> nights.pages
            or run_balance.accepted <> coalesce(counted.accepted, 0)
            or run_balance.quarantined <> coalesce(counted.quarantined, 0)
            or run_balance.already_seen <> coalesce(counted.already_seen, 0)
    )

select *
from final
