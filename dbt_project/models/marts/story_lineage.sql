-- One row per story id that was ever given and that no story bears any longer.
with
    moves as (select * from {{ ref("int_articles_replayed_into_stories") }}),

    names as (select * from {{ ref("int_names_ended") }} where kind = 'story'),

    merged as (
        select
            {{ story_id("previous_founding_article_id") }} as old_story_id,
            {{ story_id("founding_article_id") }} as new_story_id,
            count(*) as articles,
            night
        from moves
        where previous_founding_article_id is not null
        group by all
    ),

    final as (
        select
            old_story_id, new_story_id, 'merge' as change, 'articles of the night link both' as reason, articles, night
        from merged
        union all
        select
            old_name,
            new_name,
            if(new_name is null, 'withdrawn', 'renamed'),
            if(
                new_name is null,
                'none of its pages is accepted any longer',
                'the page that founded it belongs to an article that an earlier page founded'
            ),
            null,
            night
        from names
        where old_name not in (select old_story_id from merged)
    )

select *
from final
