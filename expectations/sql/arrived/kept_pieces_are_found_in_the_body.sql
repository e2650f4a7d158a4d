with
    documents as (select * from raw.documents where night = getvariable('night')),

    spans as (select * from raw.spans where night = getvariable('night') and is_kept),

    letters as (
        select
            spans.page_id,
            spans.span_no,
            spans.text,
            regexp_replace(lower(spans.text), '[^\p{L}\p{N}]', '', 'g') as piece,
            regexp_replace(lower(documents.body), '[^\p{L}\p{N}]', '', 'g') as body
        from spans
        inner join documents on spans.page_id = documents.page_id
        where not documents.is_mojibake_repaired
    ),

    final as (select page_id, span_no, text[:80] as text from letters where not contains(body, piece))

select *
from final
