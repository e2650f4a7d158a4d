-- One row per article and entity that its reference names.
with
    mentions as (select * from {{ ref("int_mentions_resolved") }}),

    articles as (select article_id, body from {{ ref("articles") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    counted as (
        select
            article_id,
            entity_id,
            count(*) as mentions,
            count(*) filter (where zone = 'title') as title_mentions,
            min(start_offset) filter (where zone = 'body') as first_offset
        from mentions
        group by article_id, entity_id
    ),

    final as (
        select
            counted.article_id,
            counted.entity_id,
            counted.mentions,
            counted.title_mentions,
            counted.first_offset,
            round(
                0.5 * counted.mentions / max(counted.mentions) over (partition by counted.article_id)
                + 0.3 * (counted.title_mentions > 0)::integer
                + 0.2 * coalesce(1 - counted.first_offset / nullif(length(articles.body), 0), 0),
                4
            )::double as salience
        from counted
        inner join articles on counted.article_id = articles.article_id
        inner join entities on counted.entity_id = entities.entity_id
    )

select *
from final
