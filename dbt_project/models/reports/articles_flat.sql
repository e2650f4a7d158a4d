-- One row per article with everything a reader asks first: where, when, how often, in
-- which story.
with
    articles as (select * from {{ ref("articles") }}),

    outlets as (select * from {{ ref("outlets") }}),

    members as (select * from {{ ref("story_articles") }}),

    stories as (select * from {{ ref("stories") }}),

    references_published as (select * from {{ ref("publications") }} where is_reference),

    final as (
        select
            articles.article_id,
            members.story_id,
            members.event_id,
            articles.title,
            articles.lead,
            stories.label as story,
            references_published.url,
            outlets.outlet_name as first_outlet,
            articles.agency,
            articles.kind,
            articles.language,
            articles.grade,
            articles.published_source,
            articles.word_count,
            articles.publications,
            articles.outlets,
            articles.is_order_known,
            articles.published_date,
            articles.first_night,
            articles.published_at
        from articles
        inner join members on articles.article_id = members.article_id
        inner join stories on members.story_id = stories.story_id
        inner join references_published on articles.article_id = references_published.article_id
        left join outlets on articles.first_outlet_id = outlets.outlet_id
    )

select *
from final
