-- One row per entity and day on which outlets published articles that name it, as far as
-- days are known; what has no day is counted in entity_coverage.
with
    named as (select article_id, entity_id, mentions from {{ ref("article_entities") }}),

    entities as (select * from {{ ref("entities") }}),

    publications as (select * from {{ ref("publications") }} where published_date is not null),

    days as (
        select article_id, published_date, count(*) as publications, list_distinct(list(outlet_id)) as outlet_ids
        from publications
        group by article_id, published_date
    ),

    final as (
        select
            named.entity_id,
            any_value(entities.canonical_name) as canonical_name,
            any_value(entities.entity_type) as entity_type,
            sum(days.publications)::bigint as publications,
            count(*) as articles,
            len(list_distinct(flatten(list(days.outlet_ids)))) as outlets,
            sum(named.mentions)::bigint as mentions,
            days.published_date
        from named
        inner join entities on named.entity_id = entities.entity_id
        inner join days on named.article_id = days.article_id
        group by named.entity_id, days.published_date
    )

select *
from final
