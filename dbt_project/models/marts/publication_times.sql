-- One row per date or time that an accepted page gives for itself, chosen or not,
-- with its evidence.
with
    times as (select * from {{ ref("stg_times") }}),

    pages as (select page_id, publication_id, article_id from {{ ref("int_pages_identified") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    final as (
        select
            {{ digest_id("t", "times.page_id || ' ' || times.time_no") }} as time_id,
            times.page_id,
            pages.publication_id,
            pages.article_id,
            times.kind,
            times.original_text,
            times.zone_name,
            times.zone_evidence,
            times.time_precision,
            times.time_source,
            times.reason,
            times.confidence,
            times.start_offset,
            times.end_offset,
            times.is_chosen,
            times.value_at
        from times
        inner join pages on times.page_id = pages.page_id
        inner join publications on pages.publication_id = publications.publication_id
    )

select *
from final
