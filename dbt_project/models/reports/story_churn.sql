-- One row per night with the articles that stood in a story before it and those of them whose story it renamed.
with
    nights as (select distinct night from {{ ref("stg_nights") }}),

    articles as (select first_night, count(*) as new_articles from {{ ref("articles") }} group by first_night),

    lineage as (
        select night, count(*) as merged_stories, sum(articles) as renamed_articles
        from {{ ref("story_lineage") }}
        where change = 'merge'
        group by night
    ),

    counted as (
        select
            nights.night,
            coalesce(articles.new_articles, 0) as new_articles,
            coalesce(sum(articles.new_articles) over earlier, 0)::bigint as standing_articles,
            coalesce(lineage.merged_stories, 0) as merged_stories,
            coalesce(lineage.renamed_articles, 0)::bigint as renamed_articles
        from nights
        left join articles on nights.night = articles.first_night
        left join lineage on nights.night = lineage.night
        window earlier as (order by nights.night rows between unbounded preceding and 1 preceding)
    ),

    final as (
        select
            new_articles,
            standing_articles,
            merged_stories,
            renamed_articles,
            round(renamed_articles / nullif(standing_articles, 0), 6) as renamed_share,
            night
        from counted
    )

select *
from final
