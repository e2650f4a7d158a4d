-- Letters and digits, in order. A body whose letters were repaired differs from its page on purpose.
with
    documents as (
        select page_id, regexp_replace(lower(body), '[^\p{L}\p{N}]', '', 'g') as letters, body
        from raw.documents
        where night = getvariable('night') and not is_mojibake_repaired
    ),

    kept as (
        select
            page_id, regexp_replace(lower(string_agg(text, '' order by span_no)), '[^\p{L}\p{N}]', '', 'g') as letters
        from raw.spans
        where night = getvariable('night') and is_kept
        group by page_id
    ),

    final as (
        select
            documents.page_id,
            length(documents.letters) as letters_of_the_body,
            length(kept.letters) as letters_kept,
            documents.body[:80] as body
        from documents
        inner join kept on documents.page_id = kept.page_id
        where documents.letters <> kept.letters
    )

select *
from final
