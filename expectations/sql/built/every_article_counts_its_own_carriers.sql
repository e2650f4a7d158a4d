with
    articles as (select * from marts.articles),

    publications as (
        select article_id, count(*) as publications, count(distinct outlet_id) as outlets
        from marts.publications
        group by article_id
    ),

    copies as (
        select article_id, count(*) filter (where kind <> 'reference') as copies from marts.copies group by article_id
    ),

    final as (
        select
            articles.article_id,
            articles.publications,
            publications.publications as publications_found,
            articles.outlets,
            publications.outlets as outlets_found,
            articles.copies,
            copies.copies as copies_found
        from articles
        left join publications on articles.article_id = publications.article_id
        left join copies on articles.article_id = copies.article_id
        where
            articles.publications is distinct from coalesce(publications.publications, 0)
            or articles.outlets is distinct from coalesce(publications.outlets, 0)
            or articles.copies is distinct from coalesce(copies.copies, 0)
    )

select *
from final
