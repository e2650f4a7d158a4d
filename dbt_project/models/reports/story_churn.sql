-- One row per night with the articles that stood in a story before it and those of them whose story changed: in the
-- replay of all nights, and against what the build before had shown.
with
    nights as (select distinct night from {{ ref("stg_nights") }}),

    articles as (select first_night, count(*) as new_articles from {{ ref("articles") }} group by first_night),

    lineage as (select * from {{ ref("story_lineage") }} where change in ('merge', 'split', 'moved', 'renamed')),

    counted as (
        select
            nights.night,
            coalesce(articles.new_articles, 0) as new_articles,
            coalesce(sum(articles.new_articles) over earlier, 0)::bigint as standing_articles
        from nights
        left join articles on nights.night = articles.first_night
        window earlier as (order by nights.night rows between unbounded preceding and 1 preceding)
    ),

    replayed as (
        select
            night,
            count(*) filter (where change = 'merge') as merged_stories,
            count(*) filter (where change = 'split') as split_stories,
            sum(articles)::bigint as renamed_articles
        from lineage
        where run_no is null and articles is not null
        group by night
    ),

    versions as (
        select
            article_id,
            story_id <> lag(story_id ignore nulls) over (partition by version_key order by run_no) as is_changed,
            noted_night as night
        from {{ ref("int_names_given") }}
        where run_no > 0
    ),

    noted as (select night, count(distinct article_id) as articles from versions where is_changed group by night),

    final as (
        select
            counted.new_articles,
            counted.standing_articles,
            coalesce(replayed.merged_stories, 0) as merged_stories,
            coalesce(replayed.split_stories, 0) as split_stories,
            coalesce(replayed.renamed_articles, 0) as renamed_articles,
            round(coalesce(replayed.renamed_articles, 0) / nullif(counted.standing_articles, 0), 6) as renamed_share,
            coalesce(noted.articles, 0) as changed_articles,
            round(coalesce(noted.articles, 0) / nullif(counted.standing_articles, 0), 6) as changed_share,
            counted.night
        from counted
        left join replayed on counted.night = replayed.night
        left join noted on counted.night = noted.night
    )

select *
from final
