-- One row per night and body, of the ten in which gate 2 found most that is no part of an article.
with
    findings as (select * from {{ ref("stg_quality_findings") }}),

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
            ranked.article_id,
            ranked.outlet_id,
            articles.title,
            articles.grade,
            ranked.found,
            ranked.detectors,
            ranked.places,
            ranked.place_in_order,
            ranked.night
        from ranked
        left join articles on ranked.article_id = articles.article_id
        where ranked.place_in_order <= 10
    )

select *
from final
