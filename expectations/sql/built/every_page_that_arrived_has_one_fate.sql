with
    arrived as (select page_id, 1 as pages from raw.pages),

    page_fates as (select page_id, count(*) as fates from marts.page_fates group by page_id),

    final as (
        select coalesce(arrived.page_id, page_fates.page_id) as page_id, page_fates.fates
        from arrived
        full join page_fates on arrived.page_id = page_fates.page_id
        where arrived.pages is null or coalesce(page_fates.fates, 0) <> 1
    )

select *
from final
