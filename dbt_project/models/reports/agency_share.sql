-- One row per outlet and day, and per outlet for what has no known day: how much of what it published
-- came from agencies, and from which most.
-- A table, because dashboards and questions ask for it again and again, and it joins all publications.
{{ config(materialized="table") }}

with
    publications as (select * from {{ ref("publications") }} where outlet_id is not null),

    articles as (select article_id, agency from {{ ref("articles") }}),

    outlets as (select outlet_id, outlet_name from {{ ref("outlets") }}),

    by_agency as (
        select publications.outlet_id, publications.published_date, articles.agency, count(*) as publications
        from publications
        inner join articles on publications.article_id = articles.article_id
        group by publications.outlet_id, publications.published_date, articles.agency
    ),

    final as (
        select
            by_agency.outlet_id,
            any_value(outlets.outlet_name) as outlet_name,
            sum(by_agency.publications)::bigint as publications,
            coalesce(sum(by_agency.publications) filter (where by_agency.agency is not null), 0)::bigint
            as agency_publications,
            round(
                coalesce(sum(by_agency.publications) filter (where by_agency.agency is not null), 0)
                / sum(by_agency.publications),
                4
            ) as agency_share,
            max_by(by_agency.agency, (by_agency.publications, by_agency.agency)) filter (
                where by_agency.agency is not null
            ) as most_used_agency,
            by_agency.published_date
        from by_agency
        inner join outlets on by_agency.outlet_id = outlets.outlet_id
        group by by_agency.outlet_id, by_agency.published_date
    )

select *
from final
