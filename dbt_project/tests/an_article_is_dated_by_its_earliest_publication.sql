-- and by nothing else: day and instant are those of one publication, unless the day is lent.
with
    publications as (
        select article_id, published_date, published_at
        from {{ ref("publications") }}
        qualify
            row_number() over (
                partition by article_id order by published_date asc nulls last, published_at asc nulls last
            )
            = 1
    ),

    final as (
        select articles.article_id
        from {{ ref("articles") }} as articles
        inner join publications on articles.article_id = publications.article_id
        where
            articles.published_date is distinct from publications.published_date
            or (
                articles.published_source <> 'inherited'
                and articles.published_at is distinct from publications.published_at
            )
    )

select *
from final
