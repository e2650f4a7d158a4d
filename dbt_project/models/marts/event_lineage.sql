-- One row per change of what an event id stands for: old id, new id and night.
with
    noted as (select * from {{ ref("int_names_moved") }} where kind = 'event'),

    ended as (select * from {{ ref("int_names_ended") }} where kind = 'event'),

    completed as (
        select old_name, new_name, change, articles, run_no, night
        from noted
        qualify row_number() over (partition by old_name, new_name, night order by run_no desc) = 1
        union all
        select old_name, new_name, if(new_name is null, 'withdrawn', 'renamed'), null, null, night
        from ended
        where new_name is null or old_name not in (select old_name from noted where change in ('merge', 'renamed'))
    ),

    final as (
        select
            completed.old_name as old_event_id,
            completed.new_name as new_event_id,
            -- An id that has not ended lives on.
            if(ended.old_name is null, completed.old_name, ended.new_name) as living_event_id,
            completed.change,
            case
                completed.change
                when 'withdrawn'
                then 'none of its pages is accepted any longer'
                when 'renamed'
                then 'an earlier article is its first'
                when 'merge'
                then 'a build found both to be one'
                when 'split'
                then 'articles of it are an event of their own'
                else 'articles of it are nearer to the other'
            end as reason,
            completed.articles,
            completed.run_no,
            completed.night
        from completed
        left join ended on completed.old_name = ended.old_name
    )

select *
from final
