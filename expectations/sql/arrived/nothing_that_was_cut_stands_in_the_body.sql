-- Leads and headlines are cut as repeats of what stays, so they are left out.
with
    cut as (
        select page_id, span_no, zone, trim(text) as text
        from raw.spans
        where
            night = getvariable('night')
            and not is_kept
            and zone not in ('repeat', 'title', 'standfirst', 'caption', 'blank')
    ),

    documents as (select page_id, body from raw.documents where night = getvariable('night')),

    final as (
        select cut.page_id, cut.span_no, cut.zone, cut.text[:80] as text
        from cut
        inner join documents on cut.page_id = documents.page_id
        where length(cut.text) >= getvariable('removed_characters') and contains(documents.body, cut.text)
    )

select *
from final
