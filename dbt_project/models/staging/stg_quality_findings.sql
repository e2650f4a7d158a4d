-- One row per place in a body of a night that gate 2 suspects to be no part of the article.
with
    source as (select * from {{ source("raw", "quality_findings") }}),

    final as (select article_id, outlet_id, detector, place, night from source)

select *
from final
