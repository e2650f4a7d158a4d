with
    documents as (select * from raw.documents where night = getvariable('night')),

    captions as (select page_id, span_no, text from raw.spans where night = getvariable('night') and zone = 'caption'),

    quotes as (select * from raw.quotes where night = getvariable('night')),

    places as (
        select
            page_id, 'quotes' as table_name, 'body' as zone, null as span_no, start_offset, end_offset, text as written
        from quotes
        union all
        select page_id, 'mentions', zone, span_no, start_offset, end_offset, surface
        from raw.mentions
        where night = getvariable('night')
        union all
        select page_id, 'role_claims', zone, span_no, start_offset, end_offset, text
        from raw.role_claims
        where night = getvariable('night')
    ),

    found as (
        select
            places.page_id,
            places.table_name,
            places.zone,
            places.start_offset,
            places.end_offset,
            places.written,
            substr(
                case
                    when places.zone = 'title'
                    then documents.title
                    when places.zone = 'caption'
                    then captions.text
                    else documents.body
                end,
                places.start_offset + 1,
                places.end_offset - places.start_offset
            ) as standing_there
        from places
        inner join documents on places.page_id = documents.page_id
        left join captions on places.page_id = captions.page_id and places.span_no = captions.span_no
    ),

    misplaced as (
        select *
        from found
        where regexp_replace(coalesce(standing_there, ''), '\s+', ' ', 'g') <> regexp_replace(written, '\s+', ' ', 'g')
    ),

    unquoted as (
        select *
        from found
        where
            table_name = 'mentions'
            and zone = 'quote'
            and not exists (
                select 1
                from quotes
                where
                    quotes.page_id = found.page_id
                    and quotes.start_offset <= found.start_offset
                    and found.end_offset <= quotes.end_offset
            )
    ),

    final as (
        select *
        from misplaced
        union all
        select *
        from unquoted
    )

select *
from final
