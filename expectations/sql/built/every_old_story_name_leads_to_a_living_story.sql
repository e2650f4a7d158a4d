with recursive
    -- The ledger of every name that a release ever showed.
    given as (select story_id, version_key from intermediate.int_names_given where story_id is not null),

    story_lineage as (select old_story_id, new_story_id from marts.story_lineage),

    stories as (select story_id from marts.stories),

    accepted as (
        select distinct pages.version_key
        from marts.page_fates
        inner join raw.pages on page_fates.page_id = pages.page_id
        where page_fates.fate = 'accepted'
    ),

    -- A story ends without a successor only when none of its pages is here any longer.
    withdrawn as (
        select given.story_id
        from given
        left join accepted on given.version_key = accepted.version_key
        group by given.story_id
        having count(accepted.version_key) = 0
    ),

    asked as (
        select story_id
        from given
        union
        select old_story_id
        from story_lineage
    ),

    walked as (
        select story_id, story_id as reached_id
        from asked
        union
        select walked.story_id, story_lineage.new_story_id
        from walked
        inner join story_lineage on walked.reached_id = story_lineage.old_story_id
    ),

    final as (
        select walked.story_id, count(stories.story_id) as living_stories
        from walked
        left join stories on walked.reached_id = stories.story_id
        where walked.story_id not in (select story_id from withdrawn)
        group by walked.story_id
        having count(stories.story_id) = 0
    )

select *
from final
