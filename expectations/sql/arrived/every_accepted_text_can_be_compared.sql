with
    documents as (select page_id, body_sha256, body from raw.documents where night = getvariable('night')),

    shingles as (select page_id, len(shingles) as shingles from raw.shingles where night = getvariable('night')),

    final as (
        select documents.page_id, coalesce(shingles.shingles, 0) as shingles, documents.body[:80] as body
        from documents
        left join shingles on documents.page_id = shingles.page_id
        where coalesce(shingles.shingles, 0) = 0 or documents.body_sha256 = sha256('')
    )

select *
from final
