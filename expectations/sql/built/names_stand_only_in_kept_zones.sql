-- The name has to be found in the clean text again, not only to be filed under a
-- clean zone.
with
    mentions as (select * from marts.mentions),

    documents as (select * from raw.documents where night = getvariable('night')),

    located as (
        select mentions.mention_id, mentions.page_id, mentions.zone, mentions.surface, documents.title, documents.body
        from mentions
        inner join raw.pages on mentions.page_id = pages.page_id and pages.night = getvariable('night')
        left join documents on mentions.page_id = documents.page_id
    ),

    final as (
        select mention_id, page_id, zone, surface
        from located
        where
            case
                when zone = 'title'
                then not contains(coalesce(title, ''), surface)
                when zone in ('body', 'quote')
                then not contains(coalesce(body, ''), surface)
                when zone = 'caption'
                then
                    not exists (
                        select 1
                        from raw.spans
                        where
                            spans.page_id = located.page_id
                            and spans.zone = 'caption'
                            and contains(spans.text, located.surface)
                    )
                else true
            end
    )

select *
from final
