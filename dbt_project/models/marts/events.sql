-- One row per event: one happening within a story.
with
    labelled as (select * from {{ ref("int_events_labelled") }}),

    articles as (select * from {{ ref("articles") }}),

    stories as (select story_id from {{ ref("stories") }}),

    final as (
        select
            labelled.event_id,
            labelled.story_id,
            labelled.label_article_id,
            {{ label_of("articles") }} as label,
            labelled.articles,
            labelled.first_date,
            labelled.last_date,
            labelled.first_at,
            labelled.last_at
        from labelled
        inner join stories on labelled.story_id = stories.story_id
        inner join articles on labelled.label_article_id = articles.article_id
    )

select *
from final
