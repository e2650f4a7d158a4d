-- One row per input page with its final fate. The first page of a version by night
-- and id keeps what its night made of
-- it and every later one is already seen, so the order in which nights are loaded
-- does not matter.
with
    pages as (select * from {{ ref("stg_pages") }}),

    first_of_version as (
        select version_key, min_by(page_id, (night, page_id)) as first_page_id
        from pages
        where night_fate <> 'already_seen'
        group by version_key
    ),

    final as (
        select
            pages.page_id,
            pages.source_id,
            pages.version_key,
            nullif(first_of_version.first_page_id, pages.page_id) as seen_page_id,
            pages.origin,
            pages.url,
            pages.media,
            case
                when pages.page_id = first_of_version.first_page_id then pages.night_fate else 'already_seen'
            end as fate,
            case when pages.page_id = first_of_version.first_page_id then pages.reason end as reason,
            pages.detail,
            pages.content_bytes,
            pages.night,
            pages.fetched_at
        from pages
        left join first_of_version on pages.version_key = first_of_version.version_key
    )

select *
from final
