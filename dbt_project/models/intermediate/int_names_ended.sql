-- One row per article or story name of the ledger that nothing bears any longer, with the one that holds its founding
-- page now or, when that page is gone, its earliest page that is still here; no new name when none is. A page is here
-- when an equal one is accepted, whatever night that one is of.
with
    given as (select * from {{ ref("int_names_given") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    fates as (select page_id, version_key from {{ ref("int_pages_fated") }}),

    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    reference_nights as (select page_id, night from {{ ref("int_documents_accepted") }}),

    standing as (
        select fates.version_key, pages.article_id, members.story_id, reference_nights.night
        from pages
        inner join fates on pages.page_id = fates.page_id
        inner join members on pages.article_id = members.article_id
        inner join reference_nights on pages.reference_page_id = reference_nights.page_id
    ),

    ended as (
        select 'article' as kind, article_id as old_name, page_id, version_key, night
        from given
        where article_id not in (select article_id from members)
        union
        select 'story' as kind, story_id as old_name, page_id, version_key, night
        from given
        where story_id not in (select story_id from members)
    ),

    final as (
        select
            ended.kind,
            ended.old_name,
            case ended.kind when 'article' then standing.article_id else standing.story_id end as new_name,
            coalesce(standing.night, max(ended.night) over (partition by ended.kind, ended.old_name)) as night
        from ended
        left join standing on ended.version_key = standing.version_key
        qualify
            row_number() over (
                partition by ended.kind, ended.old_name
                order by
                    standing.article_id is null,
                    -- A name is the digest of its founding page.
                    substr(ended.old_name, 3) <> substr({{ digest_id("a", "ended.page_id") }}, 3),
                    ended.night,
                    ended.page_id
            )
            = 1
    )

select *
from final
