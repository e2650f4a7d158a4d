select *
from {{ ref("articles") }}
where published_source = 'inherited' and (published_at is not null or published_precision <> 'day')
