with
    pages as (select * from raw.pages),

    repeated as (select * from pages where night = getvariable('night') and fate = 'already_seen'),

    final as (
        select repeated.page_id, repeated.version_key, repeated.detail
        from repeated
        left join
            pages
            on repeated.version_key = pages.version_key
            and repeated.page_id <> pages.page_id
            and pages.fate <> 'already_seen'
        where pages.page_id is null
    )

select *
from final
