-- One row per night and reason for which pages were quarantined.
with
    pages as (select * from {{ ref("int_pages_fated") }}),

    balance as (select night from {{ ref("run_balance") }}),

    final as (
        select pages.reason, count(*) as pages, balance.night
        from balance
        inner join pages on balance.night = pages.night and pages.fate = 'quarantined'
        group by pages.reason, balance.night
    )

select *
from final
