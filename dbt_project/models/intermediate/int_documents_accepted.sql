-- One row per accepted page: its text, its own times, the publication it is a version
-- of, and the page that stands for
-- all pages with the same normalised body.
with
    documents as (select * from {{ ref("stg_documents") }}),

    pages as (select * from {{ ref("int_pages_fated") }}),

    times as (select * from {{ ref("int_times_chosen") }}),

    published as (select * from {{ ref("int_pages_published") }}),

    final as (
        select
            documents.page_id,
            published.publication_id,
            first_value(documents.page_id) over (
                partition by documents.body_sha256 order by documents.night, documents.page_id
            ) as text_page_id,
            documents.* exclude (page_id, night, canonical_url),
            published.canonical_url,
            pages.url,
            times.published_precision,
            times.published_source,
            times.published_confidence,
            documents.night,
            times.published_date,
            times.published_at,
            times.updated_at,
            pages.fetched_at
        from documents
        inner join published on documents.page_id = published.page_id
        inner join pages on documents.page_id = pages.page_id
        left join times on documents.page_id = times.page_id
    )

select *
from final
