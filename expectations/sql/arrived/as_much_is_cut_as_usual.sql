with
    drift as (select * from drift where is_unusual),

    final as (
        select scope, subject_id, round(value, 3) as value, round(usual_value, 3) as usual_value, nights
        from drift
        where figure = 'cut_share'
    )

select *
from final
