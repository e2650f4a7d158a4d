-- One row per input page with its final fate. The first accepted page of a version by night and id is the accepted one
-- and every other accepted one was seen before, so the order in which nights are loaded does not matter. A quarantined
-- page keeps its fate and reason however often it comes, and a page that its night did not read again, because it
-- equals another of the night, shares the fate of that one.
with
    pages as (select * from {{ ref("stg_pages") }}),

    first_accepted as (
        select version_key, min_by(page_id, (night, page_id)) as page_id
        from pages
        where night_fate = 'accepted'
        group by version_key
    ),

    read_by_night as (
        select version_key, night_fate, reason, night
        from pages
        where night_fate <> 'already_seen'
        qualify row_number() over (partition by version_key, night order by page_id) = 1
    ),

    judged as (
        select
            pages.* replace (
                if(pages.night_fate = 'already_seen', read_by_night.night_fate, pages.night_fate) as night_fate,
                if(pages.night_fate = 'already_seen', read_by_night.reason, pages.reason) as reason
            )
        from pages
        asof left join
            read_by_night on pages.version_key = read_by_night.version_key and pages.night >= read_by_night.night
    ),

    final as (
        select
            judged.page_id,
            judged.source_id,
            judged.version_key,
            case
                when judged.night_fate is distinct from 'quarantined'
                then nullif(first_accepted.page_id, judged.page_id)
            end as seen_page_id,
            judged.origin,
            judged.url,
            judged.media,
            case
                when judged.night_fate = 'quarantined'
                then 'quarantined'
                when judged.page_id = first_accepted.page_id
                then 'accepted'
                else 'already_seen'
            end as fate,
            case when judged.night_fate = 'quarantined' then judged.reason end as reason,
            judged.detail,
            judged.content_bytes,
            judged.night,
            judged.fetched_at
        from judged
        left join first_accepted on judged.version_key = first_accepted.version_key
    )

select *
from final
