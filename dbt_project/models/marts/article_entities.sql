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
            count(*) filter (where zone = 'body') as body_mentions,
            count(*) filter (where zone = 'quote') as quote_mentions,
            count(*) filter (where zone = 'caption') as caption_mentions,
            min(start_offset) filter (where zone in ('body', 'quote')) as first_offset
        from mentions
        group by article_id, entity_id
    ),

    weighed as (
        select
            counted.*,
            counted.mentions - counted.caption_mentions as weight,
            max(counted.mentions - counted.caption_mentions) over (partition by counted.article_id) as most_weight
        from counted
    ),

    final as (
        select
            weighed.article_id,
            weighed.entity_id,
            weighed.mentions,
            weighed.title_mentions,
            weighed.body_mentions,
            weighed.quote_mentions,
            weighed.caption_mentions,
            weighed.first_offset,
            round(
                0.5 * coalesce(weighed.weight / nullif(weighed.most_weight, 0), 0)
                + 0.3 * (weighed.title_mentions > 0)::integer
                + 0.2 * coalesce(1 - weighed.first_offset / nullif(length(articles.body), 0), 0),
                4
            )::double as salience
        from weighed
        inner join articles on weighed.article_id = articles.article_id
        inner join entities on weighed.entity_id = entities.entity_id
        -- In this order a reader who asks for the articles of an entity has a small part of the table read.
        order by weighed.entity_id, weighed.article_id
    )

select *
from final
