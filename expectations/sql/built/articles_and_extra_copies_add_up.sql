with
    articles as (select count(*) as articles, coalesce(sum(copies), 0) as extra_copies from marts.articles),

    copies as (
        select count(*) as copies, count(*) filter (where kind = 'reference') as reference_copies
        from marts.copies
    ),

    accepted as (select count(*) as accepted from marts.page_fates where fate = 'accepted'),

    final as (
        select *
        from articles
        cross join copies
        cross join accepted
        where
            articles.articles + articles.extra_copies <> accepted.accepted
            or copies.copies <> accepted.accepted
            or copies.reference_copies <> articles.articles
    )

select *
from final
