-- One row per event id that was ever given, with the event that stands for it today.
with
    events as (select event_id, label from {{ ref("events") }}),

    lineage as (select distinct old_event_id, living_event_id from {{ ref("event_lineage") }}),

    asked as (
        select event_id as asked_event_id, event_id
        from events
        union
        select old_event_id, living_event_id
        from lineage
    ),

    final as (
        select asked.asked_event_id, asked.event_id, events.label
        from asked
        left join events on asked.event_id = events.event_id
    )

select *
from final
