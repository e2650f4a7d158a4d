-- One row per input page of a night, with the fate that night knew.
with
    source as (select * from {{ source("raw", "pages") }}),

    final as (
        select
            page_id,
            version_key,
            source_id,
            content_sha256,
            origin,
            url,
            media,
            given_title,
            given_published_at as given_published_text,
            given_outlet,
            fate as night_fate,
            reason,
            detail,
            content_bytes,
            night,
            fetched_at
        from source
    )

select *
from final
