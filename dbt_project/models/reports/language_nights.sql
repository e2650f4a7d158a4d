-- One row per language and night since its first page: how many pages the night
-- brought.
{{ config(materialized="table") }}

with
    nights as (select night from {{ ref("stg_nights") }}),

    documents as (select language, night from {{ ref("int_documents_accepted") }}),

    brought as (select language, night, count(*) as pages from documents group by language, night),

    languages as (select language, min(night) as first_night from brought group by language),

    final as (
        select languages.language, coalesce(brought.pages, 0) as pages, nights.night
        from languages
        inner join nights on languages.first_night <= nights.night
        left join brought on languages.language = brought.language and nights.night = brought.night
        order by languages.language, nights.night
    )

select *
from final
