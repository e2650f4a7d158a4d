-- One row per accepted page: its text, its own times, the publication it is a version
-- of, and the page that stands for
-- all pages with the same normalised body.
with
    documents as (select * from {{ ref("stg_documents") }}),

    pages as (select * from {{ ref("int_pages_fated") }}),

    times as (select * from {{ ref("int_times_chosen") }}),

    located as (select * from {{ ref("int_pages_located") }}),

    own as (
        select documents.* replace (coalesce(located.own_url, documents.canonical_url) as canonical_url)
        from documents
        left join located on documents.page_id = located.page_id
    ),

    final as (
        select
            documents.page_id,
            {{
                digest_id(
                    "pub",
                    "coalesce(documents.outlet_id || ' ' || documents.canonical_url, documents.canonical_url, documents.page_id)",
                )
            }}
            as publication_id,
            first_value(documents.page_id) over (
                partition by documents.body_sha256 order by documents.night, documents.page_id
            ) as text_page_id,
            documents.* exclude (page_id, night),
            pages.url,
            times.published_precision,
            times.published_source,
            times.published_confidence,
            documents.night,
            times.published_date,
            times.published_at,
            times.updated_at,
            pages.fetched_at
        from own as documents
        inner join pages on documents.page_id = pages.page_id and pages.fate = 'accepted'
        left join times on documents.page_id = times.page_id
    )

select *
from final
