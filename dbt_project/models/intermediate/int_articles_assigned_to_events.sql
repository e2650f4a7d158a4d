-- One row per article with the event it tells of, named after the event's first article. Articles of stories that did
-- not change are kept.
-- depends_on: {{ ref("int_stories_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_stories() }}",
    )
}}

with
    members as (select story_id, article_id from {{ ref("int_members_of_changed_stories") }}),

    events as (select * from {{ ref("int_stories_parted_into_events") }}),

    final as (
        select members.story_id, {{ event_id("events.first_article_id") }} as event_id, members.article_id
        from members
        inner join events on members.article_id = events.article_id
    )

select *
from final
