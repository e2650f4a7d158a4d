-- One row per article and entity its reference names, with whether the name tells one story from another: few articles
-- up to the article's first night have it. Once judged, it stays so.
with
    mentions as (select distinct article_id, resolved_key, night from {{ ref("int_mentions_given_votes") }}),

    articles as (select first_night, count(*) as articles from {{ ref("int_articles_placed_in_time") }} group by all),

    articles_by_night as (
        select first_night as night, sum(articles) over (order by first_night) as articles_so_far from articles
    ),

    frequencies as (
        select resolved_key, night, sum(count(*)) over (partition by resolved_key order by night) as articles_with_it
        from mentions
        group by resolved_key, night
    ),

    final as (
        select
            mentions.article_id,
            mentions.resolved_key,
            frequencies.articles_with_it <= greatest(
                {{ var("frequent_name_articles") }},
                {{ var("frequent_name_share") }} * articles_by_night.articles_so_far
            )
            and frequencies.articles_with_it
            <= {{ var("everywhere_name_share") }} * articles_by_night.articles_so_far as is_telling
        from mentions
        inner join
            frequencies on mentions.resolved_key = frequencies.resolved_key and mentions.night = frequencies.night
        inner join articles_by_night on mentions.night = articles_by_night.night
    )

select *
from final
