-- One row per night and body, of the ten in which gate 2 found most that is no part of an
-- article. A finding keeps the article id of its night; the row has today's where there is one.
with
    findings as (select * from {{ ref("stg_quality_findings") }}),

    resolve as (select asked_article_id, article_id from {{ ref("article_resolve") }}),

    articles as (select article_id, title, grade from {{ ref("articles") }}),

    counted as (
        select
            night,
            article_id,
            outlet_id,
            count(distinct detector) as detectors,
            count(*) as places,
            string_agg(detector || ': ' || place, chr(10) order by detector, place) as found
        from findings
        group by night, article_id, outlet_id
    ),

    ranked as (
        select
            *, row_number() over (partition by night order by detectors desc, places desc, article_id) as place_in_order
        from counted
    ),

    final as (
        select
            coalesce(resolve.article_id, ranked.article_id) as article_id,
            ranked.outlet_id,
            articles.title,
            articles.grade,
            ranked.found,
            ranked.detectors,
            ranked.places,
            ranked.place_in_order,
            ranked.night
        from ranked
        left join resolve on ranked.article_id = resolve.asked_article_id
        left join articles on resolve.article_id = articles.article_id
        where ranked.place_in_order <= 10
    )

select *
from final
