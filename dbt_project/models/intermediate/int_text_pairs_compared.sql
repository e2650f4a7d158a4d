-- One row per pair of distinct texts that share more than a turn of phrase; `page_id` is
-- the later one by night and id. Pairs of nights that did not change are kept.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_nights() }}",
    )
}}

with
    measured as (select * from {{ ref("int_text_pairs_measured") }}),

    final as (select * from measured where night >= {{ first_changed_night() }})

select *
from final
