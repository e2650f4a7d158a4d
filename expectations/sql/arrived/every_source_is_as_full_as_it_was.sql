-- Half the quietest of the nights before is quiet beyond weekends and holidays; three
-- times the fullest is a flood.
with
    pages as (select * from raw.pages),

    history as (
        select source_id, night, count(*) as pages
        from pages
        where night < getvariable('night') and night >= getvariable('night') - getvariable('history_nights')::integer
        group by source_id, night
    ),

    usual as (
        select source_id, count(*) as nights, min(pages) as quietest, max(pages) as fullest
        from history
        group by source_id
        having count(*) >= getvariable('warm_up_nights')
    ),

    tonight as (select source_id, count(*) as pages from pages where night = getvariable('night') group by source_id),

    final as (
        select usual.source_id, coalesce(tonight.pages, 0) as pages, usual.quietest, usual.fullest, usual.nights
        from usual
        left join tonight on usual.source_id = tonight.source_id
        where
            coalesce(tonight.pages, 0) < usual.quietest * getvariable('quiet_factor')
            or coalesce(tonight.pages, 0) > usual.fullest * getvariable('flood_factor')
    )

select *
from final
