with
    pages as (select page_id from raw.pages where night = getvariable('night')),

    accepted_pages as (select page_id from raw.pages where night = getvariable('night') and fate = 'accepted'),

    rows_of_accepted_pages as (
        select distinct 'documents' as table_name, page_id
        from raw.documents
        where night = getvariable('night')
        union all
        select distinct 'page_urls', page_id
        from raw.page_urls
        where night = getvariable('night')
        union all
        select distinct 'shingles', page_id
        from raw.shingles
        where night = getvariable('night')
        union all
        select distinct 'titles', page_id
        from raw.titles
        where night = getvariable('night')
        union all
        select distinct 'credits', page_id
        from raw.credits
        where night = getvariable('night')
        union all
        select distinct 'terms', page_id
        from raw.terms
        where night = getvariable('night')
        union all
        select distinct 'mentions', page_id
        from raw.mentions
        where night = getvariable('night')
        union all
        select distinct 'role_claims', page_id
        from raw.role_claims
        where night = getvariable('night')
        union all
        select distinct 'quotes', page_id
        from raw.quotes
        where night = getvariable('night')
    ),

    rows_of_any_page as (
        select distinct 'spans' as table_name, page_id
        from raw.spans
        where night = getvariable('night')
        union all
        select distinct 'blocks', page_id
        from raw.blocks
        where night = getvariable('night')
        union all
        select distinct 'times', page_id
        from raw.times
        where night = getvariable('night')
    ),

    final as (
        select table_name, page_id
        from rows_of_accepted_pages
        anti join accepted_pages using (page_id)
        union all
        select table_name, page_id
        from rows_of_any_page
        anti join pages using (page_id)
    )

select *
from final
