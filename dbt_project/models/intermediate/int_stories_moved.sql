-- One row per night and pair of stories of which articles went from the one to the other, with what became of the old
-- story: what the replay of all nights tells, whether or not a build has shown it.
with
    moves as (select * from {{ ref("int_articles_replayed_into_stories") }}),

    stays as (select *, lead(night) over (partition by article_id order by move_no) as next_night from moves),

    moved as (
        select
            previous_founding_article_id,
            founding_article_id,
            night,
            count(*) as articles,
            bool_or(article_id = previous_founding_article_id) as has_founder
        from moves
        where previous_founding_article_id is not null
        group by previous_founding_article_id, founding_article_id, night
    ),

    -- Articles stand in the old story after that night, or stood in the new one before it.
    lasting as (
        select distinct moved.previous_founding_article_id, moved.night
        from moved
        inner join
            stays
            on moved.previous_founding_article_id = stays.founding_article_id
            and moved.night >= stays.night
            and moved.night < coalesce(stays.next_night, moved.night + 1)
    ),

    known as (
        select distinct moved.founding_article_id, moved.night
        from moved
        inner join
            stays
            on moved.founding_article_id = stays.founding_article_id
            and moved.night > stays.night
            and moved.night <= coalesce(stays.next_night, moved.night)
    ),

    final as (
        select
            {{ story_id("moved.previous_founding_article_id") }} as old_story_id,
            {{ story_id("moved.founding_article_id") }} as new_story_id,
            {{ change_of_name("lasting.night is not null", "known.night is null") }} as change,
            moved.articles,
            moved.night
        from moved
        left join
            lasting
            on moved.previous_founding_article_id = lasting.previous_founding_article_id
            and moved.night = lasting.night
        left join known on moved.founding_article_id = known.founding_article_id and moved.night = known.night
        window
            targets as (
                partition by moved.previous_founding_article_id, moved.night
                order by moved.has_founder desc, moved.articles desc, moved.founding_article_id
            )
    )

select *
from final
