-- One row per day from the earliest night to the latest, those without a night among
-- them: what a line over time needs.
with
    nights as (select night from {{ ref("stg_nights") }}),

    bounds as (select min(night) as first_night, max(night) as last_night from nights),

    final as (select unnest(generate_series(first_night, last_night, interval 1 day))::date as day from bounds)

select *
from final
