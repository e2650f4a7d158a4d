with
    pages as (select * from raw.pages),

    spans as (select * from raw.spans),

    final as (
        select pages.page_id, pages.media, pages.url
        from pages
        left join spans on pages.page_id = spans.page_id and pages.night = spans.night and spans.is_kept
        where pages.night = getvariable('night') and pages.fate = 'accepted' and spans.page_id is null
    )

select *
from final
