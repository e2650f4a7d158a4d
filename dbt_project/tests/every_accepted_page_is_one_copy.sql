-- Rows of copies are the accepted pages, no more and no fewer.
with
    accepted as (select page_id from {{ ref("page_fates") }} where fate = 'accepted'),

    copies as (select copy_id, article_id from {{ ref("copies") }}),

    final as (
        select coalesce(accepted.page_id, copies.copy_id) as page_id
        from accepted
        full join copies on accepted.page_id = copies.copy_id
        where accepted.page_id is null or copies.copy_id is null
    )

select *
from final
