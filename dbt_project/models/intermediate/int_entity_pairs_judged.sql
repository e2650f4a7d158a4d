-- One row per pair of names that was judged: the same, not the same, or undecided, with the score and its parts.
with
    pairs as (select * from {{ ref("int_entity_pairs_proposed") }}),

    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id, linked_id from {{ ref("int_entity_names_linked") }} where is_taken),

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
            fuller_stories
            on weighed.name_id = fuller_stories.name_id
            and stories.story_id = fuller_stories.story_id
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
        from (from shared_company union from shared_stories)
        group by name_id, other_name_id
    ),

    measured as (
        select
            pairs.*,
            names.articles,
            others.articles as other_articles,
            case
                pairs.kind
                when 'senses'
                then 0.0
                when 'spelling'
                then 1.0
                when 'known'
                then 1.0
                when 'middle name'
                then 0.7
                when 'surname'
                then if(others.entity_type = 'PER', 0.6, 0.45)
                when 'acronym'
                then 0.6
                when 'first name'
                then 0.3
                else 0.5
            end as likeness,
            coalesce(supported.articles, 0) / others.articles as support,
            coalesce(besides.articles, 0) / others.articles as beside,
            names.articles
            / sum(names.articles) over (partition by pairs.other_name_id, pairs.kind) as prominence,
            own_links.linked_id <> other_links.linked_id as is_linked_apart
        from pairs
        inner join names on pairs.name_id = names.name_id
        inner join names as others on pairs.other_name_id = others.name_id
        left join supported on pairs.name_id = supported.name_id and pairs.other_name_id = supported.other_name_id
        left join besides on pairs.name_id = besides.name_id and pairs.other_name_id = besides.other_name_id
        left join links as own_links on pairs.name_id = own_links.name_id
        left join links as other_links on pairs.other_name_id = other_links.name_id
    ),

    scored as (
        select
            *,
            round(
                least(
                    1.0,
                    likeness
                    + {{ var("support_weight") }} * support
                    + if(kind in ('acronym', 'first name'), {{ var("support_weight") }} * beside, 0)
                    + {{ var("prominence_weight") }} * prominence
                    + {{ var("frequency_weight") }} * least(1.0, articles / {{ var("frequent_person_articles") }})
                ),
                4
            ) as score,
            prominence >= case
                kind
                when 'surname'
                then {{ var("least_prominence") }}
                when 'acronym'
                then {{ var("least_prominence") }}
                when 'first name'
                then {{ var("least_prominence_of_first_name") }}
                else 0
            end as is_prominent
        from measured
    ),

    final as (
        select
            name_id,
            other_name_id,
            kind,
            likeness::double as likeness,
            round(support, 4) as support,
            round(beside, 4) as beside,
            round(prominence, 4) as prominence,
            if(kind = 'senses' or is_linked_apart, 0.0, score)::double as score,
            case
                when kind = 'senses' or is_linked_apart
                then 'not the same'
                when score >= {{ var("same_entity_score") }} and is_prominent
                then 'same'
                when score < {{ var("other_entity_score") }}
                then 'not the same'
                else 'undecided'
            end as verdict,
            case
                when is_linked_apart
                then 'known as two'
                when kind = 'senses'
                then 'one name of two, told apart by what they are or where they lie'
                when kind = 'spelling'
                then 'one name spelt in two ways'
                when kind = 'known'
                then 'two names of one known thing'
                when kind = 'surname'
                then 'what ends the full name'
                when kind = 'first name'
                then 'what begins the full name'
                when kind = 'acronym'
                then 'its initials'
                when kind = 'middle name'
                then 'a part between first and last name left out'
                when kind = 'initial'
                then 'a first name and its initial'
                else kind
            end as reason
        from scored
    )

select *
from final
