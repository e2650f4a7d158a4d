with
    build_info as (select * from marts.build_info),

    nights as (select max(night) as latest_night, count(*) as nights from raw.nights),

    final as (
        select nights.latest_night, nights.nights, count(build_info.latest_night) as rows_that_agree
        from nights
        left join build_info on nights.latest_night = build_info.latest_night and nights.nights = build_info.nights
        group by nights.latest_night, nights.nights
        having count(build_info.latest_night) <> 1
    )

select *
from final
