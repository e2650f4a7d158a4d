-- One row per place in an accepted page where an entity is named, with the entity.
with
    mentions as (select * from {{ ref("stg_mentions") }}),

    entities as (
        select entity_id, resolved_key from {{ ref("int_entities_resolved") }}
    ),

    pages as (
        select page_id, article_id, reference_page_id
        from {{ ref("int_pages_identified") }}
    ),

    final as (
        select
            {{ digest_id("m", "mentions.page_id || ' ' || mentions.mention_no") }}
            as mention_id,
            mentions.page_id,
            pages.article_id,
            entities.entity_id,
            mentions.zone,
            mentions.surface,
            mentions.start_offset,
            mentions.end_offset,
            mentions.page_id = pages.reference_page_id as is_reference,
            mentions.night
        from mentions
        inner join pages on mentions.page_id = pages.page_id
        inner join entities on mentions.resolved_key = entities.resolved_key
    )

select *
from final
