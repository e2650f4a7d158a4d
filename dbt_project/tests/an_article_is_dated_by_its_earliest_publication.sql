-- Where its reference gives a day, and by nothing else: day and instant are those of one publication. Other days are
-- lent or unknown.
with
    publications as (
        select
            article_id,
            published_date,
            published_at,
            bool_or(is_reference and published_date is not null) over (partition by article_id) as is_own
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
            if(
                publications.is_own,
                articles.published_date is distinct from publications.published_date
                or articles.published_at is distinct from publications.published_at
                or articles.published_source = 'inherited',
                articles.published_date is not null and articles.published_source <> 'inherited'
            )
    )

select *
from final
