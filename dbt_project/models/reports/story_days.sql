-- One row per story and day on which a publication told of it: how much was told, and by how many.
with
    members as (select article_id, story_id from {{ ref("story_articles") }}),

    stories as (select story_id, label from {{ ref("stories") }} where articles > 1),

    publications as (select * from {{ ref("publications") }} where published_date is not null),

    counted as (
        select
            members.story_id,
            count(*) as publications,
            count(distinct publications.article_id) as articles,
            count(distinct publications.outlet_id) as outlets,
            publications.published_date
        from publications
        inner join members on publications.article_id = members.article_id
        group by members.story_id, publications.published_date
    ),

    final as (
        select
            counted.story_id,
            stories.label,
            counted.publications,
            counted.articles,
            counted.outlets,
            row_number() over (partition by counted.story_id order by counted.published_date) as day_no,
            counted.published_date
        from counted
        inner join stories on counted.story_id = stories.story_id
    )

select *
from final
