with
    pages as (select * from raw.pages where night = getvariable('night')),

    final as (
        select
            case
                when count(*) < getvariable('fewest_pages_for_a_share')
                then 0.0
                else count(*) filter (where fate = 'quarantined') / count(*)
            end as measure
        from pages
    )

select *
from final
