-- One row per story that ended by becoming part of an older one.
with
    moves as (select * from {{ ref("int_articles_replayed_into_stories") }}),

    ended as (
        select distinct previous_founding_article_id, founding_article_id, night
        from moves
        where previous_founding_article_id is not null
    ),

    final as (
        select
            {{ story_id("previous_founding_article_id") }} as old_story_id,
            {{ story_id("founding_article_id") }} as new_story_id,
            'merge' as change,
            'articles of the night link both' as reason,
            night
        from ended
    )

select *
from final
