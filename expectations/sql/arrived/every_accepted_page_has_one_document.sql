with
    pages as (select * from raw.pages),

    documents as (select * from raw.documents),

    counted as (
        select pages.page_id, pages.fate, count(documents.page_id) as documents
        from pages
        left join documents on pages.page_id = documents.page_id and pages.night = documents.night
        where pages.night = getvariable('night')
        group by pages.page_id, pages.fate
    ),

    final as (select * from counted where documents <> (case when fate = 'accepted' then 1 else 0 end))

select *
from final
