-- One row per person, agency, desk or organisation a page names as author or source.
with
    source as (select * from {{ source("raw", "credits") }}),

    final as (
        select
            page_id,
            credit_no,
            role,
            original_text,
            name,
            source as credit_source,
            reason,
            start_offset,
            end_offset,
            is_chosen,
            night
        from source
    )

select *
from final
