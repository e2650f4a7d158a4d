-- One row per article with the story it stands in, named after the article that
-- founded it.
with
    moves as (select * from {{ ref("int_articles_replayed_into_stories") }}),

    final as (
        select
            {{ story_id("max_by(founding_article_id, move_no)") }} as story_id,
            article_id,
            max_by(founding_article_id, move_no) = article_id as is_founder,
            max(night) as night_joined
        from moves
        group by article_id
    )

select *
from final
