-- One row per outlet and block that repeats across its pages, as last known.
with
    templates as (select * from {{ ref("stg_outlet_templates") }}),

    final as (
        select
            outlet_id,
            lower(printf('%016x', block_key)) as block_id,
            max_by(example, night) as example,
            max_by(pages, night) as pages,
            min(night) as first_night,
            max(night) as last_night
        from templates
        group by outlet_id, block_key
    )

select *
from final
