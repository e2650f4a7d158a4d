with
    documents as (select * from raw.documents),

    final as (
        select page_id, word_count, body[:80] as body
        from documents
        where night = getvariable('night') and (word_count < 1 or not regexp_matches(body, '[\p{L}\p{N}]'))
    )

select *
from final
