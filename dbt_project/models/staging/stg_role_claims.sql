-- One row per place where a page gives a person an office.
with
    source as (select * from {{ source("raw", "role_claims") }}),

    final as (
        select
            page_id,
            claim_no,
            mention_no,
            zone,
            text,
            role,
            country_code,
            organisation_key,
            is_current,
            span_no,
            start_offset,
            end_offset,
            night
        from source
    )

select *
from final
