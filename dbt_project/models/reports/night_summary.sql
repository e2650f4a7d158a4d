-- One row per night: pages and their fates, and what the night added to the warehouse.
with
    balance as (select * from {{ ref("run_balance") }}),

    nights as (
        select
            night, extractor_version, extractor_version <> lag(extractor_version) over (order by night) as is_read_anew
        from {{ ref("stg_nights") }}
    ),

    articles as (
        select first_night, count(*) as new_articles, count(*) filter (where published_date is null) as undated_articles
        from {{ ref("articles") }}
        group by first_night
    ),

    publications as (
        select first_night, count(*) as new_publications from {{ ref("publications") }} group by first_night
    ),

    stories as (select first_night, count(*) as new_stories from {{ ref("stories") }} group by first_night),

    lineage as (
        select night, count(distinct old_story_id) as merged_stories
        from {{ ref("story_lineage") }}
        where change = 'merge'
        group by night
    ),

    final as (
        select
            balance.pages,
            balance.accepted,
            balance.quarantined,
            balance.already_seen,
            coalesce(publications.new_publications, 0) as new_publications,
            coalesce(articles.new_articles, 0) as new_articles,
            coalesce(articles.undated_articles, 0) as undated_articles,
            coalesce(stories.new_stories, 0) as new_stories,
            coalesce(lineage.merged_stories, 0) as merged_stories,
            nights.extractor_version,
            balance.is_balanced,
            coalesce(nights.is_read_anew, false) as is_read_anew,
            balance.night
        from balance
        inner join nights on balance.night = nights.night
        left join articles on balance.night = articles.first_night
        left join publications on balance.night = publications.first_night
        left join stories on balance.night = stories.first_night
        left join lineage on balance.night = lineage.night
    )

select *
from final
