with
    accepted as (select page_id from marts.page_fates where fate = 'accepted'),

    copies as (select copy_id, count(distinct article_id) as articles from marts.copies group by copy_id),

    final as (
        select coalesce(accepted.page_id, copies.copy_id) as page_id, copies.articles
        from accepted
        full join copies on accepted.page_id = copies.copy_id
        where accepted.page_id is null or coalesce(copies.articles, 0) <> 1
    )

select *
from final
