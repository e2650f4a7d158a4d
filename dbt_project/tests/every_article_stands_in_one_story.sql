-- story_articles are the articles, and a story counts its own.
with
    articles as (select article_id from {{ ref("articles") }}),

    members as (select article_id, story_id from {{ ref("story_articles") }}),

    stories as (select story_id, articles from {{ ref("stories") }}),

    outside as (
        select articles.article_id as id
        from articles
        left join members on articles.article_id = members.article_id
        where members.article_id is null
    ),

    miscounted as (
        select stories.story_id as id
        from stories
        left join members on stories.story_id = members.story_id
        group by stories.story_id, stories.articles
        having count(members.article_id) <> stories.articles
    ),

    final as (
        select id
        from outside
        union all
        select id
        from miscounted
    )

select *
from final
