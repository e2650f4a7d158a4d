-- One row per article with its story and event, and why it is there.
with
    explained as (select * from {{ ref("int_story_articles_explained") }}),

    stories as (select story_id from {{ ref("stories") }}),

    events as (select event_id from {{ ref("events") }}),

    articles as (select article_id from {{ ref("articles") }}),

    final as (
        select
            explained.article_id,
            explained.story_id,
            explained.event_id,
            explained.nearest_article_id,
            explained.reason,
            explained.score,
            explained.shared_terms,
            explained.shared_entities,
            explained.shared_quotes,
            explained.shared_shingles,
            explained.days_apart,
            explained.is_founder,
            explained.night_joined
        from explained
        inner join stories on explained.story_id = stories.story_id
        inner join events on explained.event_id = events.event_id
        inner join articles on explained.article_id = articles.article_id
    )

select *
from final
