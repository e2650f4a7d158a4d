-- One row per entity and day on which articles that name it were published, as far as
-- days are known.
with
    named as (select * from {{ ref("article_entities") }}),

    entities as (select * from {{ ref("entities") }}),

    articles as (select * from {{ ref("articles") }} where published_date is not null),

    final as (
        select
            named.entity_id,
            any_value(entities.canonical_name) as canonical_name,
            any_value(entities.entity_type) as entity_type,
            count(*) as articles,
            sum(named.mentions)::bigint as mentions,
            articles.published_date
        from named
        inner join entities on named.entity_id = entities.entity_id
        inner join articles on named.article_id = articles.article_id
        group by named.entity_id, articles.published_date
    )

select *
from final
