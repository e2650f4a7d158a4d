-- One row per pair of entities that two articles or more name together: how often, and how
-- much more often than chance would. `entity_id` is the lesser id. Of every article its
-- most salient entities count, so that a list of names pairs nobody and the cost grows
-- with the number of articles.
-- A table, because it pairs the names of all articles: a minute of work where there are a million.
{{ config(materialized="table") }}

with
    entities as (select * from {{ ref("entities") }}),

    publications as (select article_id, outlet_id, published_date from {{ ref("publications") }}),

    repeated as (
        select entity_id
        from {{ ref("article_entities") }}
        group by entity_id
        having count(*) >= {{ var("least_paired_articles") }}
    ),

    named as (
        select article_id, entity_id
        from {{ ref("article_entities") }}
        where entity_id in (select entity_id from repeated)
        qualify
            row_number() over (partition by article_id order by salience desc, mentions desc, entity_id)
            <= {{ var("paired_entities") }}
    ),

    counted as (
        select entity_id, count(*) as articles, (select count(distinct article_id) from named) as all_articles
        from named
        group by entity_id
    ),

    together as (
        select named.article_id, named.entity_id, others.entity_id as other_entity_id
        from named
        inner join named as others on named.article_id = others.article_id and named.entity_id < others.entity_id
    ),

    -- Most pairs meet once: outlets and days are looked up for the others only.
    often as (
        select entity_id, other_entity_id, count(*) as articles
        from together
        group by entity_id, other_entity_id
        having count(*) >= {{ var("least_paired_articles") }}
    ),

    paired as (
        select
            together.entity_id,
            together.other_entity_id,
            any_value(often.articles) as articles,
            count(distinct publications.outlet_id) as outlets,
            min(publications.published_date) as first_date,
            max(publications.published_date) as last_date
        from often
        inner join together on often.entity_id = together.entity_id and often.other_entity_id = together.other_entity_id
        inner join publications on together.article_id = publications.article_id
        group by together.entity_id, together.other_entity_id
    ),

    final as (
        select
            paired.entity_id,
            paired.other_entity_id,
            entities.canonical_name,
            other_entities.canonical_name as other_canonical_name,
            entities.entity_type,
            other_entities.entity_type as other_entity_type,
            paired.articles,
            paired.outlets,
            round(paired.articles * counted.all_articles / (counted.articles * other_counted.articles), 4) as lift,
            if(
                paired.articles = counted.all_articles,
                1.0,
                round(
                    ln(paired.articles * counted.all_articles / (counted.articles * other_counted.articles))
                    / ln(counted.all_articles / paired.articles),
                    4
                )
            )::double as npmi,
            paired.first_date,
            paired.last_date
        from paired
        inner join entities on paired.entity_id = entities.entity_id
        inner join entities as other_entities on paired.other_entity_id = other_entities.entity_id
        inner join counted on paired.entity_id = counted.entity_id
        inner join counted as other_counted on paired.other_entity_id = other_counted.entity_id
    )

select *
from final
