-- One row per story id that was ever given, with the story that stands for it today.
with
    stories as (select story_id, label from {{ ref("stories") }}),

    lineage as (select distinct old_story_id, living_story_id from {{ ref("story_lineage") }}),

    asked as (
        select story_id as asked_story_id, story_id
        from stories
        union all
        select old_story_id, living_story_id
        from lineage
        where old_story_id is distinct from living_story_id
    ),

    final as (
        select asked.asked_story_id, asked.story_id, stories.label
        from asked
        left join stories on asked.story_id = stories.story_id
    )

select *
from final
