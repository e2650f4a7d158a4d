with
    silences as (select * from silences where is_unusual),

    final as (
        select scope, subject_id, silent_nights, longest_silence, round(expected_pages, 1) as expected_pages, nights
        from silences
    )

select *
from final
