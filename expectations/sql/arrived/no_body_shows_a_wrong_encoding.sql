-- Control characters, replacement characters, or UTF-8 that was read as Windows-1252.
with
    documents as (select * from raw.documents),

    final as (
        select
            page_id,
            encoding,
            regexp_extract(body, '.{0,20}(?:[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFD}]|â€[™œ“”]|Ã[©¨¤¶¼±]).{0,20}') as place
        from documents
        where
            night = getvariable('night')
            and regexp_matches(body, '[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFD}]|â€[™œ“”]|Ã[©¨¤¶¼±]')
    )

select *
from final
