-- One row per URL that an accepted page was known by, and the role it had there.
with
    source as (select * from {{ source("raw", "page_urls") }}),

    final as (select page_id, url_no, role, url, normal_url, host_outlet_id, night from source)

select *
from final
