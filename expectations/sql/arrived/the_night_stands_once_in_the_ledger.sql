with
    nights as (select * from raw.nights),

    counted as (
        select getvariable('night') as night, count(*) as ledger_rows
        from nights
        where nights.night = getvariable('night')
    ),

    final as (select * from counted where ledger_rows <> 1)

select *
from final
