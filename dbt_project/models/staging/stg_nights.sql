-- One row per night that was loaded.
with
    source as (select * from {{ source("raw", "nights") }}),

    final as (select sources_digest, extractor_version, pages, night from source)

select *
from final
