-- The last reference that an article's log tells is the article's.
with
    articles as (select article_id, reference_page_id from {{ ref("articles") }}),

    last_references as (
        select article_id, arg_max(reference_page_id, reference_no) as reference_page_id
        from {{ ref("article_references") }}
        group by article_id
    ),

    final as (
        select articles.article_id
        from articles
        left join last_references on articles.article_id = last_references.article_id
        where articles.reference_page_id is distinct from last_references.reference_page_id
    )

select *
from final
