-- One row per outlet and night since its first page: how many pages the night brought,
-- and how much of them was cut.
-- A table, because it adds up every piece of every page.
{{ config(materialized="table") }}

with
    nights as (select night from {{ ref("stg_nights") }}),

    outlets as (select outlet_id, outlet_name, first_night from {{ ref("outlets") }}),

    documents as (select outlet_id, page_id, night from {{ ref("int_documents_accepted") }}),

    spans as (select * from {{ ref("stg_spans") }}),

    texts as (
        select
            page_id,
            sum(end_offset - start_offset) as characters,
            coalesce(sum(end_offset - start_offset) filter (where not is_kept), 0) as cut_characters
        from spans
        group by page_id
    ),

    brought as (
        select
            documents.outlet_id,
            documents.night,
            count(*) as pages,
            round(sum(texts.cut_characters) / nullif(sum(texts.characters), 0), 4) as cut_share
        from documents
        left join texts on documents.page_id = texts.page_id
        group by documents.outlet_id, documents.night
    ),

    final as (
        select
            outlets.outlet_id,
            outlets.outlet_name,
            coalesce(brought.pages, 0) as pages,
            brought.cut_share,
            lag(brought.cut_share ignore nulls) over (
                partition by outlets.outlet_id order by nights.night
            ) as cut_share_before,
            nights.night
        from outlets
        inner join nights on outlets.first_night <= nights.night
        left join brought on outlets.outlet_id = brought.outlet_id and nights.night = brought.night
        order by outlets.outlet_id, nights.night
    )

select *
from final
