-- One row per article with a digest of all that its scores depend on: itself and the
-- nights up to its first.
with
    articles as (select * from {{ ref("int_articles_placed_in_time") }}),

    nights as (select * from {{ ref("int_nights_digested") }}),

    histories as (select night, string_agg(digest, ' ') over (order by night) as history from nights),

    final as (
        select
            articles.article_id,
            md5(
                concat_ws(
                    ' ',
                    histories.history,
                    articles.reference_page_id,
                    articles.published_date,
                    '{{ story_settings() }}'
                )
            ) as digest
        from articles
        inner join histories on articles.first_night = histories.night
    )

select *
from final
