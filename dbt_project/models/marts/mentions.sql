-- One row per place in an article's text where an entity is named.
with
    resolved as (select * from {{ ref("int_mentions_resolved") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    articles as (select article_id from {{ ref("articles") }}),

    final as (
        select
            resolved.mention_id,
            resolved.page_id,
            resolved.article_id,
            resolved.entity_id,
            resolved.zone,
            resolved.surface,
            resolved.mention_kind,
            resolved.country_code,
            resolved.span_no,
            resolved.start_offset,
            resolved.end_offset
        from resolved
        inner join entities on resolved.entity_id = entities.entity_id
        inner join articles on resolved.article_id = articles.article_id
        -- In this order a reader who asks for the places of a name has a small part of the table read.
        order by resolved.entity_id, resolved.article_id, resolved.page_id, resolved.start_offset, resolved.mention_id
    )

select *
from final
