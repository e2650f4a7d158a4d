-- One row per page whose text was accepted by its night.
with
    source as (select * from {{ source("raw", "documents") }}),

    final as (
        select
            page_id,
            outlet_id,
            body_sha256,
            kind,
            outlet_evidence,
            canonical_url,
            title,
            title_source,
            standfirst,
            body,
            byline,
            agency,
            agency_evidence,
            syndication_evidence,
            dateline_place,
            dateline_day,
            language,
            other_language,
            completeness,
            completeness_evidence,
            encoding,
            encoding_evidence,
            cleaner,
            dateline_month,
            dateline_day_of_month,
            word_count,
            paragraph_count,
            language_confidence,
            language_share,
            cleaning_confidence,
            has_syndication_notice,
            is_mojibake_repaired,
            night
        from source
    )

select *
from final
