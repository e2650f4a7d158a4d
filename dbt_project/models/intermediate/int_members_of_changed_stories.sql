-- One row per article of a story that this run parts and explains: one that is new or not as it was.
-- depends_on: {{ ref("int_stories_digested") }}
with
    changed as ({{ changed_stories() }}),

    members as (
        select * from {{ ref("int_articles_assigned_to_stories") }} where story_id in (select story_id from changed)
    ),

    articles as (select article_id, first_night from {{ ref("int_articles_placed_in_time") }}),

    final as (
        select members.*, count(*) over (partition by members.story_id) as story_articles, articles.first_night
        from members
        inner join articles on members.article_id = articles.article_id
    )

select *
from final
