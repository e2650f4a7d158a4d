with
    pages as (select * from raw.pages),

    final as (
        select page_id, fate
        from pages
        where night = getvariable('night') and fate not in ('accepted', 'quarantined', 'already_seen')
    )

select *
from final
