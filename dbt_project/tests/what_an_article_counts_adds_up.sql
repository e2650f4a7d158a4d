-- publications and copies of an article are the rows that name it.
with
    articles as (select article_id, publications, copies from {{ ref("articles") }}),

    publications as (select article_id, count(*) as found from {{ ref("publications") }} group by article_id),

    copies as (select article_id, count(*) as found from {{ ref("copies") }} group by article_id),

    final as (
        select articles.article_id
        from articles
        left join publications on articles.article_id = publications.article_id
        left join copies on articles.article_id = copies.article_id
        where
            articles.publications is distinct from publications.found
            or articles.copies is distinct from copies.found - 1
    )

select *
from final
