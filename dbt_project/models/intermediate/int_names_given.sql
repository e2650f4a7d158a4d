-- One row per version of a page and change of the article, story or event that it stands in, by the build that first
-- showed it; without names when no page of it is accepted any longer. This is the ledger of every name that was given.
-- It is never made anew, because a name that a reader has noted down cannot be found from today's pages alone.
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        full_refresh=false,
        on_schema_change="append_new_columns",
    )
}}

with
    pages as (select * from {{ ref("int_pages_identified") }}),

    fates as (select page_id, version_key from {{ ref("int_pages_fated") }}),

    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    events as (select article_id, event_id from {{ ref("int_articles_assigned_to_events") }}),

    nights as (select max(night) as noted_night from {{ ref("stg_nights") }}),

    noted as ({{ noted_names() }}),

    runs as (select coalesce(max(run_no), 0) + 1 as run_no from noted),

    latest as (
        select *
        from noted
        qualify row_number() over (partition by version_key order by run_no desc, page_id, article_id, story_id) = 1
    ),

    standing as (
        select pages.page_id, fates.version_key, pages.article_id, members.story_id, events.event_id, pages.night
        from pages
        inner join fates on pages.page_id = fates.page_id
        inner join members on pages.article_id = members.article_id
        inner join events on pages.article_id = events.article_id
    ),

    given as (
        select standing.*
        from standing
        left join latest on standing.version_key = latest.version_key
        where
            standing.article_id is distinct from latest.article_id
            or standing.story_id is distinct from latest.story_id
            or standing.event_id is distinct from latest.event_id
        union all
        select latest.page_id, latest.version_key, null, null, null, nights.noted_night
        from latest
        cross join nights
        where latest.article_id is not null and latest.version_key not in (select version_key from standing)
    ),

    final as (select given.*, runs.run_no, nights.noted_night from given cross join runs cross join nights)

select *
from final
