with
    documents as (select * from raw.documents where night = getvariable('night')),

    places as (
        select page_id, 'quotes' as table_name, 'body' as zone, start_offset, end_offset, text as written
        from raw.quotes
        where night = getvariable('night')
        union all
        select page_id, 'mentions', zone, start_offset, end_offset, surface
        from raw.mentions
        where night = getvariable('night') and zone in ('title', 'body')
    ),

    found as (
        select
            places.page_id,
            places.table_name,
            places.zone,
            places.start_offset,
            places.written,
            substr(
                case when places.zone = 'title' then documents.title else documents.body end,
                places.start_offset + 1,
                places.end_offset - places.start_offset
            ) as standing_there
        from places
        inner join documents on places.page_id = documents.page_id
    ),

    final as (
        select *
        from found
        where regexp_replace(coalesce(standing_there, ''), '\s+', ' ', 'g') <> regexp_replace(written, '\s+', ' ', 'g')
    )

select *
from final
