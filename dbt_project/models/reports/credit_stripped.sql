-- One row per publication that runs an agency's text without its credit, or with another
-- agency's.
-- A table, because dashboards and questions ask for it again and again, and it joins all publications.
{{ config(materialized="table") }}

with
    copies as (select * from {{ ref("copies") }} where kind <> 'update'),

    articles as (select article_id, title, agency, agency_source from {{ ref("articles") }}),

    publications as (select * from {{ ref("publications") }} where credit in ('stripped', 'changed')),

    outlets as (select outlet_id, outlet_name from {{ ref("outlets") }}),

    final as (
        select
            publications.publication_id,
            publications.article_id,
            articles.title as article_title,
            articles.agency,
            articles.agency_source,
            publications.credit,
            publications.credited_agency,
            publications.byline,
            outlets.outlet_name,
            publications.url,
            copies.level,
            copies.overlap_of_copy,
            copies.edit_similarity,
            publications.published_date,
            publications.published_at
        from copies
        inner join publications on copies.publication_id = publications.publication_id
        inner join articles on publications.article_id = articles.article_id
        left join outlets on publications.outlet_id = outlets.outlet_id
    )

select *
from final
