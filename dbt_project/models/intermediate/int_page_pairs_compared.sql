-- One row per page and page it is compared with, its reference or the version before it: words added and removed, how
-- far the words stayed in order, and how much of the one text stands in the other. Pairs are kept while both pages are
-- as they were.
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_pairs_to_compare() }}",
    )
}}

with
    measured as (select * from {{ ref("int_page_pairs_measured") }}),

    chosen as (select * from {{ ref("int_page_pairs_chosen") }}),

    final as (
        select measured.*
        from measured
        inner join chosen on measured.page_id = chosen.page_id and measured.other_page_id = chosen.other_page_id
        where chosen.is_to_compare
    )

select *
from final
