with
    stories as (select * from marts.stories),

    memberships as (
        select story_id, count(distinct article_id) as articles from marts.story_articles group by story_id
    ),

    final as (
        select stories.story_id, stories.label, stories.articles, memberships.articles as articles_found
        from stories
        left join memberships on stories.story_id = memberships.story_id
        where stories.articles is distinct from memberships.articles
    )

select *
from final
