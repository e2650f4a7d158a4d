-- One row per page, article and story that it ever stood in: the ledger of every name that was given. It is never made
-- anew, because a name that a reader has noted down cannot be found from today's pages alone.
{{ config(materialized="incremental", incremental_strategy="append", full_refresh=false) }}

with
    pages as (select * from {{ ref("int_pages_identified") }}),

    fates as (select page_id, version_key from {{ ref("int_pages_fated") }}),

    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    given as (
        select pages.page_id, fates.version_key, pages.article_id, members.story_id, pages.night
        from pages
        inner join fates on pages.page_id = fates.page_id
        inner join members on pages.article_id = members.article_id
    ),

    noted as ({{ noted_names() }}),

    final as (
        select *
        from given
        where (page_id, article_id, story_id) not in (select (page_id, article_id, story_id) from noted)
    )

select *
from final
