-- One row per part of a quotation in a clean body.
with
    source as (select * from {{ source("raw", "quotes") }}),

    final as (
        select
            page_id,
            quote_no,
            utterance_no,
            quote_key,
            shingles,
            text,
            speaker,
            speaker_key,
            speaker_evidence,
            verb,
            start_offset,
            end_offset,
            is_marked,
            night
        from source
    )

select *
from final
