-- Captions are cut, but they are the paper's own words: a name there says of which one.
with
    mentions as (select * from raw.mentions where night = getvariable('night')),

    captions as (select page_id, span_no from raw.spans where night = getvariable('night') and zone = 'caption'),

    final as (
        select mentions.page_id, mentions.mention_no, mentions.zone, mentions.surface
        from mentions
        left join captions on mentions.page_id = captions.page_id and mentions.span_no = captions.span_no
        where
            case
                when mentions.zone = 'caption'
                then captions.page_id is null
                else mentions.zone not in ('title', 'body', 'quote')
            end
    )

select *
from final
