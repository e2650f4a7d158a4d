-- One row per word and night with the distinct texts of that night that have it. Kept by night, so that how frequent a
-- word has been of late costs a night its window and not the history.
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

    terms as (select page_id, term from {{ ref("stg_terms") }} where night >= {{ first_changed_night() }}),

    final as (
        select terms.term, count(*) as texts, texts.night
        from terms
        inner join texts on terms.page_id = texts.page_id
        group by terms.term, texts.night
    )

select *
from final
