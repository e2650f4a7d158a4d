-- One row per event with the headline of its most central article and its first and
-- last known time.
with
    members as (select * from {{ ref("int_story_articles_explained") }}),

    articles as (select * from {{ ref("articles") }}),

    final as (
        select
            members.event_id,
            members.story_id,
            {{ headline_of_most_central() }} as label_article_id,
            count(*) as articles,
            min(articles.published_date) as first_date,
            max(articles.published_date) as last_date,
            min(articles.published_at) as first_at,
            max(articles.published_at) as last_at
        from members
        inner join articles on members.article_id = articles.article_id
        group by members.event_id, members.story_id
    )

select *
from final
