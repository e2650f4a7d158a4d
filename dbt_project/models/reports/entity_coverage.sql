-- One row per entity: how much names it, and how much of that has no known day and so
-- stands in no row of entity_days.
with
    named as (select article_id, entity_id, mentions from {{ ref("article_entities") }}),

    entities as (select * from {{ ref("entities") }}),

    publications as (select article_id, outlet_id, published_date from {{ ref("publications") }}),

    carried as (
        select
            article_id,
            count(*) as publications,
            count(*) filter (where published_date is null) as undated_publications,
            list_distinct(list(outlet_id)) as outlet_ids,
            min(published_date) as first_date,
            max(published_date) as last_date
        from publications
        group by article_id
    ),

    final as (
        select
            named.entity_id,
            any_value(entities.canonical_name) as canonical_name,
            any_value(entities.entity_type) as entity_type,
            count(*) as articles,
            count(*) filter (where carried.first_date is null) as undated_articles,
            sum(carried.publications)::bigint as publications,
            sum(carried.undated_publications)::bigint as undated_publications,
            len(list_distinct(flatten(list(carried.outlet_ids)))) as outlets,
            min(carried.first_date) as first_date,
            max(carried.last_date) as last_date
        from named
        inner join entities on named.entity_id = entities.entity_id
        inner join carried on named.article_id = carried.article_id
        group by named.entity_id
    )

select *
from final
