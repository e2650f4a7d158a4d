-- One row per date or time a page gives for itself.
with
    source as (select * from {{ source("raw", "times") }}),

    final as (
        select
            page_id,
            time_no,
            kind,
            original_text,
            zone_name,
            zone_evidence,
            precision as time_precision,
            source as time_source,
            reason,
            confidence,
            start_offset,
            end_offset,
            is_chosen,
            night,
            value_at
        from source
    )

select *
from final
