-- and only quarantined ones have a reason.
select *
from {{ ref("page_fates") }}
where (fate = 'accepted') <> (article_id is not null) or (fate = 'quarantined') <> (reason is not null)
