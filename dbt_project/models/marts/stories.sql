-- One row per story: events that belong together. An article that nothing joins is a
-- story of its own.
with
    members as (select * from {{ ref("int_story_articles_explained") }}),

    articles as (select * from {{ ref("articles") }}),

    newsrooms as (select * from {{ ref("int_newsrooms_folded") }}),

    key_entities as (select * from {{ ref("int_stories_given_entities") }}),

    spread as (
        select
            story_id,
            count(distinct text_page_id) as distinct_texts,
            count(*) as publications,
            count(distinct outlet_id) as outlets,
            count(distinct newsroom) as newsrooms
        from newsrooms
        group by story_id
    ),

    grouped as (
        select
            members.story_id,
            {{ headline_of_most_central() }} as label_article_id,
            count(*) as articles,
            count(distinct members.event_id) as events,
            min(articles.published_date) as first_date,
            max(articles.published_date) as last_date,
            min(articles.first_night) as first_night,
            max(articles.first_night) as last_night,
            min(articles.published_at) as first_at,
            max(articles.published_at) as last_at
        from members
        inner join articles on members.article_id = articles.article_id
        group by members.story_id
    ),

    final as (
        select
            grouped.story_id,
            grouped.label_article_id,
            {{ label_of("articles") }} as label,
            key_entities.key_entities,
            grouped.articles,
            spread.distinct_texts,
            grouped.events,
            spread.publications,
            spread.outlets,
            spread.newsrooms,
            grouped.first_date,
            grouped.last_date,
            grouped.first_night,
            grouped.last_night,
            grouped.first_at,
            grouped.last_at
        from grouped
        inner join spread on grouped.story_id = spread.story_id
        inner join articles on grouped.label_article_id = articles.article_id
        left join key_entities on grouped.story_id = key_entities.story_id
    )

select *
from final
