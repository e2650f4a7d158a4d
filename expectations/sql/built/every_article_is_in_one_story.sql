with
    articles as (select article_id from marts.articles),

    memberships as (select article_id, count(*) as stories from marts.story_articles group by article_id),

    final as (
        select articles.article_id, coalesce(memberships.stories, 0) as stories
        from articles
        left join memberships on articles.article_id = memberships.article_id
        where coalesce(memberships.stories, 0) <> 1
    )

select *
from final
