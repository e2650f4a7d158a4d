-- One row per change of what a story id stands for: old id, new id and night.
with
    replayed as (select * from {{ ref("int_stories_moved") }}),

    noted as (select * from {{ ref("int_names_moved") }} where kind = 'story'),

    ended as (select * from {{ ref("int_names_ended") }} where kind = 'story'),

    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    -- What the replay tells has the night that brought it about; the ledger has what that does not explain.
    changes as (
        select old_story_id, new_story_id, change, articles, null::bigint as run_no, night
        from replayed
        union all
        select noted.old_name, noted.new_name, noted.change, noted.articles, noted.run_no, noted.night
        from noted
        anti join replayed on noted.old_name = replayed.old_story_id and noted.new_name = replayed.new_story_id
    ),

    completed as (
        select *
        from changes
        qualify row_number() over (partition by old_story_id, new_story_id, night order by run_no desc nulls first) = 1
        union all
        select old_name, new_name, if(new_name is null, 'withdrawn', 'renamed'), null, null, night
        from ended
        where
            new_name is null or old_name not in (select old_story_id from changes where change in ('merge', 'renamed'))
    ),

    final as (
        select
            completed.old_story_id,
            completed.new_story_id,
            coalesce(
                living.story_id, ended.new_name, if(ended.old_name is null, founders.story_id, null)
            ) as living_story_id,
            completed.change,
            case
                completed.change
                when 'withdrawn'
                then 'none of its pages is accepted any longer'
                when 'renamed'
                then 'the page that founded it belongs to an article, or to a story, that an earlier page founded'
                when 'merge'
                then if(completed.run_no is null, 'articles of the night link both', 'a build found both to be one')
                when 'split'
                then 'articles of it are a story of their own'
                else 'articles of it are nearer to the other'
            end as reason,
            completed.articles,
            completed.run_no,
            completed.night
        from completed
        left join (select distinct story_id from members) as living on completed.old_story_id = living.story_id
        left join ended on completed.old_story_id = ended.old_name
        left join members as founders on completed.old_story_id = {{ story_id("founders.article_id") }}
    )

select *
from final
