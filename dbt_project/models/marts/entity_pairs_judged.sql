-- One row per pair of names that was judged, with the verdict and what it rests on.
with
    pairs as (select * from {{ ref("int_entity_pairs_judged") }}),

    names as (select name_id, entity_id, resolved_key from {{ ref("int_entities_resolved") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    final as (
        select
            pairs.name_id as name,
            pairs.other_name_id as other_name,
            names.entity_id,
            others.entity_id as other_entity_id,
            pairs.kind,
            pairs.likeness,
            pairs.support,
            pairs.beside,
            pairs.prominence,
            pairs.score,
            pairs.verdict,
            pairs.reason
        from pairs
        inner join names on pairs.name_id = names.name_id
        inner join names as others on pairs.other_name_id = others.name_id
        inner join entities on names.entity_id = entities.entity_id
    )

select *
from final
