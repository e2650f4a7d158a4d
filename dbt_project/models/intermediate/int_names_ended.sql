-- One row per article, story or event name of the ledger that nothing bears any longer, with the one that holds its
-- founding page now or, when that page is gone, its earliest page that is still here; no new name when none is. A page
-- is here when an equal one is accepted, whatever night that one is of.
with
    given as (select * from {{ ref("int_names_given") }} where article_id is not null),

    pages as (select * from {{ ref("int_pages_identified") }}),

    fates as (select page_id, version_key from {{ ref("int_pages_fated") }}),

    members as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    events as (select article_id, event_id from {{ ref("int_articles_assigned_to_events") }}),

    reference_nights as (select page_id, night from {{ ref("int_documents_accepted") }}),

    named_articles as (
        select members.article_id, members.story_id, events.event_id
        from members
        inner join events on members.article_id = events.article_id
    ),

    living as (
        select 'article' as kind, article_id as name
        from named_articles
        union
        select 'story', story_id
        from named_articles
        union
        select 'event', event_id
        from named_articles
    ),

    names as (
        select 'article' as kind, article_id as name, page_id, version_key, night
        from given
        union
        select 'story', story_id, page_id, version_key, night
        from given
        union
        select 'event', event_id, page_id, version_key, night
        from given
        where event_id is not null
    ),

    ended as (select names.* from names anti join living on names.kind = living.kind and names.name = living.name),

    standing as (
        select fates.version_key, named_articles.*, reference_nights.night
        from pages
        inner join fates on pages.page_id = fates.page_id
        inner join named_articles on pages.article_id = named_articles.article_id
        inner join reference_nights on pages.reference_page_id = reference_nights.page_id
        where fates.version_key in (select version_key from ended)
    ),

    final as (
        select
            ended.kind,
            ended.name as old_name,
            case
                ended.kind
                when 'article'
                then standing.article_id
                when 'story'
                then standing.story_id
                else standing.event_id
            end as new_name,
            coalesce(standing.night, max(ended.night) over (partition by ended.kind, ended.name)) as night
        from ended
        left join standing on ended.version_key = standing.version_key
        qualify
            row_number() over (
                partition by ended.kind, ended.name
                order by
                    standing.article_id is null,
                    not {{ is_founded_by("ended.name", "ended.page_id") }},
                    ended.night,
                    ended.page_id
            )
            = 1
    )

select *
from final
