-- Rows of copies of kind reference are the articles.
with
    articles as (select article_id, reference_page_id from {{ ref("articles") }}),

    named as (select article_id, copy_id from {{ ref("copies") }} where kind = 'reference'),

    final as (
        select coalesce(articles.article_id, named.article_id) as article_id
        from articles
        full join named on articles.article_id = named.article_id and articles.reference_page_id = named.copy_id
        where articles.article_id is null or named.article_id is null
    )

select *
from final
