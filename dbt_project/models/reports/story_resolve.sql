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

    final as (
        select followed.asked_story_id, followed.story_id, stories.label, followed.steps
        from followed
        inner join stories on followed.story_id = stories.story_id
    )

select *
from final
