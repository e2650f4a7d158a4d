-- One row per pair of names that likeness alone does not decide, with how many articles of the lesser name have a story
-- or telling company in common with the fuller one, and how many have both names.
with
    pairs as (select * from {{ ref("int_entity_pairs_proposed") }}),

    names as (select * from {{ ref("int_entity_names_counted") }}),

    named as (select article_id, name_id from {{ ref("int_entity_names_in_articles") }}),

    stories as (select article_id, story_id from {{ ref("int_articles_assigned_to_stories") }}),

    texts as (select count(distinct article_id) as texts from named),

    -- A name of many articles tells nothing of what they are about.
    telling as (
        select names.name_id
        from names
        cross join texts
        where
            names.articles
            <= greatest({{ var("frequent_name_texts") }}, {{ var("everywhere_name_share") }} * texts.texts)
    ),

    weighed as (select * from pairs where kind not in ('senses', 'spelling', 'known')),

    fuller as (select distinct name_id from weighed),

    company as (
        select distinct own.name_id, others.name_id as companion
        from named as own
        inner join named as others on own.article_id = others.article_id and own.name_id <> others.name_id
        inner join telling on others.name_id = telling.name_id
        where own.name_id in (select name_id from fuller)
    ),

    fuller_stories as (
        select distinct named.name_id, stories.story_id
        from named
        inner join stories on named.article_id = stories.article_id
        where named.name_id in (select name_id from fuller)
    ),

    shared_company as (
        select distinct weighed.name_id, weighed.other_name_id, own.article_id
        from weighed
        inner join named as own on weighed.other_name_id = own.name_id
        inner join named as others on own.article_id = others.article_id and own.name_id <> others.name_id
        inner join company on weighed.name_id = company.name_id and others.name_id = company.companion
    ),

    shared_stories as (
        select distinct weighed.name_id, weighed.other_name_id, own.article_id
        from weighed
        inner join named as own on weighed.other_name_id = own.name_id
        inner join stories on own.article_id = stories.article_id
        inner join
            fuller_stories on weighed.name_id = fuller_stories.name_id and stories.story_id = fuller_stories.story_id
    ),

    besides as (
        select weighed.name_id, weighed.other_name_id, count(*) as articles
        from weighed
        inner join named as own on weighed.other_name_id = own.name_id
        inner join named as others on own.article_id = others.article_id and weighed.name_id = others.name_id
        group by weighed.name_id, weighed.other_name_id
    ),

    supported as (
        select name_id, other_name_id, count(*) as articles
        from
            (
                from shared_company
                union
                from shared_stories
            )
        group by name_id, other_name_id
    ),

    final as (
        select
            weighed.name_id,
            weighed.other_name_id,
            coalesce(supported.articles, 0) as supported_articles,
            coalesce(besides.articles, 0) as beside_articles
        from weighed
        left join supported on weighed.name_id = supported.name_id and weighed.other_name_id = supported.other_name_id
        left join besides on weighed.name_id = besides.name_id and weighed.other_name_id = besides.other_name_id
    )

select *
from final
