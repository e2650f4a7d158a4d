with
    mentions as (select * from raw.mentions),

    final as (
        select page_id, mention_no, zone, surface
        from mentions
        where night = getvariable('night') and zone not in ('title', 'body', 'caption')
    )

select *
from final
