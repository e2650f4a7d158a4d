-- A name that was ever given is found, and leads to a story or event unless it was withdrawn; gate 2 walks the lineage
-- and proves that it leads to a living story.
with
    withdrawn as (
        select old_story_id as name
        from {{ ref("story_lineage") }}
        where change = 'withdrawn'
        union all
        select old_event_id
        from {{ ref("event_lineage") }}
        where change = 'withdrawn'
    ),

    given as (
        select story_id as name
        from {{ ref("int_names_given") }}
        where story_id is not null
        union
        select event_id
        from {{ ref("int_names_given") }}
        where event_id is not null
    ),

    resolved as (
        select asked_story_id as name, story_id as living_name
        from {{ ref("story_resolve") }}
        union all
        select asked_event_id, event_id
        from {{ ref("event_resolve") }}
    ),

    final as (
        select given.name
        from given
        left join resolved on given.name = resolved.name
        where
            resolved.name is null
            or (resolved.living_name is null and resolved.name not in (select name from withdrawn))
    )

select *
from final
