-- One row per story id that was ever given, with the story that stands for it today.
with recursive
    lineage as (select * from {{ ref("story_lineage") }}),

    stories as (select story_id, label from {{ ref("stories") }}),

    followed as (
        select story_id as asked_story_id, story_id, 0 as steps
        from stories
        union all
        select lineage.old_story_id, followed.story_id, followed.steps + 1
        from followed
        inner join lineage on followed.asked_story_id = lineage.new_story_id
    ),

    asked as (
        select asked_story_id, story_id, steps
        from followed
        union all
        select old_story_id, null, 1
        from lineage
        where change = 'withdrawn'
    ),

    final as (
        select asked.asked_story_id, asked.story_id, stories.label, asked.steps
        from asked
        left join stories on asked.story_id = stories.story_id
    )

select *
from final
