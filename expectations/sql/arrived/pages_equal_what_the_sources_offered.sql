with
    nights as (select * from raw.nights),

    pages as (select * from raw.pages),

    counted as (select night, count(*) as pages_loaded from pages group by night),

    final as (
        select coalesce(nights.night, counted.night) as night, nights.pages as pages_offered, counted.pages_loaded
        from nights
        full join counted on nights.night = counted.night
        where coalesce(nights.pages, 0) <> coalesce(counted.pages_loaded, 0)
    )

select *
from final
