with recursive
    story_lineage as (select old_story_id, new_story_id from marts.story_lineage where change = 'merge'),

    stories as (select story_id from marts.stories),

    walked as (
        select old_story_id as story_id, old_story_id as reached_id
        from story_lineage
        union
        select walked.story_id, story_lineage.new_story_id
        from walked
        inner join story_lineage on walked.reached_id = story_lineage.old_story_id
    ),

    final as (
        select walked.story_id, count(stories.story_id) as living_stories
        from walked
        left join stories on walked.reached_id = stories.story_id
        group by walked.story_id
        having count(stories.story_id) = 0
    )

select *
from final
