-- One row per event of a story of two articles or more, in order of time, told by the
-- first sentence of its most central article. The sentence stands in the clean body of
-- `page_id` at the offsets given; no word is added.
with
    events as (select * from {{ ref("events") }}),

    stories as (select story_id, label from {{ ref("stories") }} where articles > 1),

    articles as (select article_id, reference_page_id, body from {{ ref("articles") }}),

    told as (
        select
            events.*,
            stories.label as story_label,
            articles.reference_page_id,
            {{ first_sentence("articles.body") }} as sentence,
            instr(articles.body, sentence) - 1 as start_offset
        from events
        inner join stories on events.story_id = stories.story_id
        inner join articles on events.label_article_id = articles.article_id
    ),

    final as (
        select
            story_id,
            event_id,
            story_label,
            label as event_label,
            sentence,
            label_article_id as article_id,
            reference_page_id as page_id,
            -- The label beside the id, so that who asks for a story by it does not have the sentences of all others
            -- cut out.
            row_number() over (
                partition by story_id, story_label order by first_date asc nulls last, first_at asc nulls last, event_id
            ) as place,
            start_offset,
            start_offset + length(sentence) as end_offset,
            articles,
            first_date,
            last_date,
            first_at,
            last_at
        from told
    )

select *
from final
