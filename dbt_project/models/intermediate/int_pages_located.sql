-- One row per accepted page that was fetched from one URL and declares another one, which several pages of other
-- texts declare too: a broken template's. Its own URL is the one it was fetched from.
with
    documents as (select * from {{ ref("stg_documents") }}),

    pages as (select page_id from {{ ref("int_pages_fated") }} where fate = 'accepted'),

    urls as (select * from {{ ref("stg_page_urls") }}),

    fetched as (
        select documents.page_id, documents.canonical_url, documents.body_sha256, urls.normal_url as own_url
        from documents
        inner join pages on documents.page_id = pages.page_id
        inner join urls on documents.page_id = urls.page_id
        -- A URL that goes on where the declared one ends is a part of that page: its second half, its pictures.
        where
            urls.role = 'given'
            and urls.normal_url <> documents.canonical_url
            and not starts_with(urls.normal_url, documents.canonical_url || '/')
            and not starts_with(urls.normal_url, documents.canonical_url || '?')
    ),

    shared as (
        select canonical_url
        from fetched
        group by canonical_url
        having
            count(distinct own_url) >= {{ var("shared_canonical_pages") }}
            and count(distinct body_sha256) >= {{ var("shared_canonical_pages") }}
    ),

    final as (
        select fetched.page_id, fetched.own_url
        from fetched
        inner join shared on fetched.canonical_url = shared.canonical_url
    )

select *
from final
