-- Leads and headlines are cut as repeats of what stays, so they are left out.
with
    removed_spans as (
        select *
        from marts.removed_spans
        where
            zone not in ('repeat', 'title', 'standfirst', 'caption', 'blank')
            and length(trim(text)) >= getvariable('removed_characters')
    ),

    documents as (select * from raw.documents where night = getvariable('night')),

    final as (
        select removed_spans.page_id, removed_spans.span_no, removed_spans.zone, trim(removed_spans.text)[:80] as text
        from removed_spans
        inner join documents on removed_spans.page_id = documents.page_id
        where contains(documents.body, trim(removed_spans.text))
    )

select *
from final
