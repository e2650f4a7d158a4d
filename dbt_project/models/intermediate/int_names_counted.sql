-- One row per name and night with the distinct texts of that night that have it outside captions. Kept by night, as
-- words are.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_nights() }}",
    )
}}

with
    texts as (
        select page_id, night
        from {{ ref("int_documents_accepted") }}
        where page_id = text_page_id and night >= {{ first_changed_night() }}
    ),

    mentions as (
        select distinct page_id, resolved_key
        from {{ ref("stg_mentions") }}
        where zone <> 'caption' and night >= {{ first_changed_night() }}
    ),

    final as (
        select mentions.resolved_key, count(*) as texts, texts.night
        from mentions
        inner join texts on mentions.page_id = texts.page_id
        group by mentions.resolved_key, texts.night
    )

select *
from final
