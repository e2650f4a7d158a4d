with
    dated as (
        select story_articles.story_id, story_articles.article_id, articles.published_date
        from marts.story_articles
        inner join marts.articles on story_articles.article_id = articles.article_id
        where articles.published_date is not null
    ),

    neighbours as (
        select
            story_id,
            article_id,
            published_date,
            lag(published_date) over (partition by story_id order by published_date, article_id) as date_before
        from dated
    ),

    final as (
        select story_id, article_id, published_date, date_before
        from neighbours
        where published_date - date_before > getvariable('story_gap_days')
    )

select *
from final
