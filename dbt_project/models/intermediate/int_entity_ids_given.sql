-- One row per name, with its sense, and entity that it ever stood for: the ledger of every entity id that was given. It
-- is never made anew, because an id that a reader has noted down cannot be found from today's names alone.
{{ config(materialized="incremental", incremental_strategy="append", full_refresh=false) }}

with
    resolved as (select resolved_key, sense, entity_id from {{ ref("int_entities_resolved") }}),

    nights as (select max(night) as night from {{ ref("stg_nights") }}),

    noted as ({{ noted_entity_ids() }}),

    final as (
        select resolved.resolved_key, resolved.sense, resolved.entity_id, nights.night as noted_night
        from resolved
        cross join nights
        where
            (resolved.resolved_key, resolved.sense, resolved.entity_id)
            not in (select (resolved_key, sense, entity_id) from noted)
    )

select *
from final
