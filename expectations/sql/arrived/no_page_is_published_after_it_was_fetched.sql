-- A time without a zone is read as UTC and may be off by as much as zones differ.
with
    pages as (select * from raw.pages where night = getvariable('night')),

    times as (select * from raw.times where night = getvariable('night') and kind = 'published' and is_chosen),

    limits as (
        select
            times.page_id,
            times.value_at,
            times.original_text,
            times.zone_evidence,
            pages.fetched_at,
            coalesce(
                pages.fetched_at + case
                    when times.zone_evidence in ('explicit', 'abbreviation', 'outlet')
                    then to_minutes(getvariable('clock_skew_minutes')::bigint)
                    else to_hours(getvariable('unknown_zone_hours')::bigint)
                end,
                pages.night::timestamp + interval 2 day
            ) as latest_at
        from times
        inner join pages on times.page_id = pages.page_id
    ),

    final as (select * from limits where value_at > latest_at)

select *
from final
