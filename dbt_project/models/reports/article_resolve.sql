-- One row per article id that was ever given, with the article that holds its founding page today.
with
    articles as (select article_id, title from {{ ref("articles") }}),

    lineage as (select * from {{ ref("article_lineage") }}),

    asked as (
        select article_id as asked_article_id, article_id
        from articles
        union all
        select old_article_id, new_article_id
        from lineage
    ),

    final as (
        select asked.asked_article_id, asked.article_id, articles.title
        from asked
        left join articles on asked.article_id = articles.article_id
    )

select *
from final
