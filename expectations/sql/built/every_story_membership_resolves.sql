with
    story_articles as (select * from marts.story_articles),

    final as (
        select story_articles.story_id, story_articles.event_id, story_articles.article_id
        from story_articles
        left join marts.stories on story_articles.story_id = stories.story_id
        left join
            marts.events on story_articles.event_id = events.event_id and story_articles.story_id = events.story_id
        left join marts.articles on story_articles.article_id = articles.article_id
        where stories.story_id is null or events.event_id is null or articles.article_id is null
    )

select *
from final
