with
    articles as (select count(*) as articles from marts.articles),

    copies as (
        select
            count(*) filter (where kind = 'reference') as reference_copies,
            count(*) filter (where kind <> 'reference') as extra_copies
        from marts.copies
    ),

    accepted as (select count(*) as accepted from marts.page_fates where fate = 'accepted'),

    final as (
        select *
        from articles
        cross join copies
        cross join accepted
        where
            articles.articles + copies.extra_copies <> accepted.accepted or articles.articles <> copies.reference_copies
    )

select *
from final
