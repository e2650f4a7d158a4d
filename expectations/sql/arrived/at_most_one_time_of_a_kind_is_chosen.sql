with
    times as (select * from raw.times),

    final as (
        select page_id, kind, count(*) as chosen
        from times
        where night = getvariable('night') and is_chosen
        group by page_id, kind
        having count(*) > 1
    )

select *
from final
