-- One row per person, organisation, place or other named thing.
with
    resolved as (
        select distinct entity_id, canonical_name, entity_type, linked_id, link_score, link_reason
        from {{ ref("int_entities_resolved") }}
    ),

    mentions as (select * from {{ ref("int_mentions_resolved") }}),

    counted as (
        select
            entity_id,
            count(distinct article_id) as articles,
            count(*) as mentions,
            min(night) as first_night,
            max(night) as last_night
        from mentions
        group by entity_id
    ),

    final as (
        select
            resolved.entity_id,
            resolved.canonical_name,
            resolved.entity_type,
            resolved.linked_id,
            if(regexp_full_match(resolved.linked_id, 'Q\d+'), resolved.linked_id, null) as wikidata_id,
            resolved.link_score,
            resolved.link_reason,
            counted.articles,
            counted.mentions,
            counted.first_night,
            counted.last_night
        from resolved
        inner join counted on resolved.entity_id = counted.entity_id
    )

select *
from final
