with
    titles as (select * from raw.titles),

    final as (
        select page_id, count(*) as chosen
        from titles
        where night = getvariable('night') and is_chosen
        group by page_id
        having count(*) > 1
    )

select *
from final
