-- One row per place in an article's text, its reference's, where an entity is named.
-- Copies repeat the same words and are left out, so that an agency text is one voice.
with
    mentions as (select * from {{ ref("int_mentions_counted") }}),

    named as (select article_id, resolved_key, name_id from {{ ref("int_entity_names_in_articles") }}),

    entities as (select entity_id, name_id from {{ ref("int_entities_resolved") }}),

    final as (
        select
            {{ digest_id("m", "mentions.page_id || ' ' || mentions.mention_no") }} as mention_id,
            mentions.page_id,
            mentions.article_id,
            entities.entity_id,
            mentions.zone,
            mentions.surface,
            mentions.mention_kind,
            mentions.country_code,
            mentions.span_no,
            mentions.start_offset,
            mentions.end_offset,
            mentions.night
        from mentions
        inner join named on mentions.article_id = named.article_id and mentions.resolved_key = named.resolved_key
        inner join entities on named.name_id = entities.name_id
    )

select *
from final
