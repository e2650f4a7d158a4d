-- One row per entity id of the ledger and entity that holds a name of it today and is another: of an id that nothing
-- bears any longer the one that leads on, of a living one those that were split off. No new id when its names are gone.
with
    given as (select * from {{ ref("int_entity_ids_given") }}),

    resolved as (select * from {{ ref("int_entities_resolved") }}),

    judged as (select * from {{ ref("int_entity_pairs_judged") }} where verdict = 'same'),

    reasons as (
        select resolved.name_id, min(judged.reason) as reason
        from resolved
        inner join
            judged
            on least(judged.name_id, judged.other_name_id) = least(resolved.name_id, resolved.leading_name_id)
            and greatest(judged.name_id, judged.other_name_id) = greatest(resolved.name_id, resolved.leading_name_id)
        group by resolved.name_id
    ),

    -- A name may have another sense today; the key leads on where the sense is gone.
    standing as (
        select
            given.entity_id as old_entity_id,
            given.resolved_key,
            given.noted_night,
            coalesce(own.entity_id, keyed.entity_id) as new_entity_id,
            coalesce(own.name_id, keyed.name_id) as name_id,
            given.entity_id
            = {{ digest_id("e", "given.resolved_key || if(given.sense = '', '', ' [' || given.sense || ']')") }}
            as is_founder
        from given
        left join resolved as own on given.resolved_key = own.resolved_key and given.sense = own.sense
        left join resolved as keyed on given.resolved_key = keyed.resolved_key and keyed.sense = ''
    ),

    changed as (
        select
            *,
            old_entity_id in (select entity_id from resolved) as is_living,
            row_number() over (
                partition by old_entity_id order by new_entity_id is null, not is_founder, noted_night, resolved_key
            ) as place
        from standing
    ),

    moved as (select entity_id, resolved_key, min(noted_night) as night from given group by entity_id, resolved_key),

    final as (
        select
            changed.old_entity_id,
            changed.new_entity_id,
            case
                when changed.is_living then 'split' when changed.new_entity_id is null then 'withdrawn' else 'merge'
            end as change,
            case
                when changed.is_living
                then 'a name of it stands for another entity now'
                when changed.new_entity_id is null
                then 'no article has its names any longer'
                else coalesce(reasons.reason, 'the entity has a name that was met earlier')
            end as reason,
            coalesce(moved.night, changed.noted_night) as night
        from changed
        left join reasons on changed.name_id = reasons.name_id
        left join moved on changed.new_entity_id = moved.entity_id and changed.resolved_key = moved.resolved_key
        where if(changed.is_living, changed.new_entity_id <> changed.old_entity_id, changed.place = 1)
        qualify row_number() over (partition by changed.old_entity_id, changed.new_entity_id order by changed.place) = 1
    )

select *
from final
