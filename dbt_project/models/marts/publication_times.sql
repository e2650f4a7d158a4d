-- One row per date or time that is known of an accepted page: those it gives for
-- itself, chosen or not, when it was fetched, and the night that first saw its
-- publication.
with
    times as (select * from {{ ref("stg_times") }}),

    documents as (select page_id, fetched_at from {{ ref("int_documents_accepted") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    given as (
        select
            page_id,
            time_no::varchar as time_name,
            kind,
            original_text,
            zone_name,
            zone_evidence,
            time_precision,
            time_source,
            reason,
            confidence,
            start_offset,
            end_offset,
            is_chosen,
            value_at
        from times
    ),

    fetched as (
        select
            page_id,
            'fetched' as time_name,
            'fetched' as kind,
            fetched_at::varchar as original_text,
            'UTC' as zone_name,
            'explicit' as zone_evidence,
            'instant' as time_precision,
            'crawl' as time_source,
            'the source says so' as reason,
            1.0 as confidence,
            null as start_offset,
            null as end_offset,
            true as is_chosen,
            fetched_at as value_at
        from documents
        where fetched_at is not null
    ),

    first_seen as (
        select
            page_id,
            'first_seen' as time_name,
            'first_seen' as kind,
            night::varchar as original_text,
            null as zone_name,
            'none' as zone_evidence,
            'day' as time_precision,
            'crawl' as time_source,
            'the first night that brought the publication' as reason,
            1.0 as confidence,
            null as start_offset,
            null as end_offset,
            true as is_chosen,
            night::timestamp as value_at
        from pages
        where version_no = 1
    ),

    known as (
        select *
        from given
        union all
        select *
        from fetched
        union all
        select *
        from first_seen
    ),

    final as (
        select
            {{ digest_id("t", "known.page_id || ' ' || known.time_name") }} as time_id,
            known.page_id,
            pages.publication_id,
            pages.article_id,
            known.kind,
            known.original_text,
            known.zone_name,
            known.zone_evidence,
            known.time_precision,
            known.time_source,
            known.reason,
            known.confidence,
            known.start_offset::bigint as start_offset,
            known.end_offset::bigint as end_offset,
            known.is_chosen,
            known.value_at
        from known
        inner join pages on known.page_id = pages.page_id
        inner join publications on pages.publication_id = publications.publication_id
    )

select *
from final
