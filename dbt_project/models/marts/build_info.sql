-- One row: what this warehouse holds and what made it. No clock: the same input makes
-- the same row.
with
    nights as (select * from {{ ref("stg_nights") }}),

    articles as (select * from {{ ref("articles") }}),

    counted as (select count(*) as articles, coalesce(sum(publications), 0)::bigint as publications from articles),

    final as (
        select
            'latest' as build_id,
            max_by(nights.extractor_version, nights.night) as extractor_version,
            '{{ var("project_version") }}' as project_version,
            count(*) as nights,
            any_value(counted.articles) as articles,
            any_value(counted.publications) as publications,
            min(nights.night) as first_night,
            max(nights.night) as latest_night
        from nights
        cross join counted
    )

select *
from final
