-- One row per article and name in it, with the sense it has there: a key that is often a person and often something
-- else is two names, and a place that the article says lies elsewhere than the best-known one of its name is another.
with
    mentions as (select * from {{ ref("int_mentions_given_votes") }}),

    knowledge as (select * from {{ ref("stg_knowledge") }}),

    knowledge_names as (select * from {{ ref("stg_knowledge_names") }}),

    named as (
        select
            article_id,
            resolved_key,
            night,
            entity_type,
            entity_type = 'PER' as is_person,
            count(*) as mentions,
            max_by(surface, (name_key = resolved_key, length(surface), surface)) as surface
        from mentions
        group by article_id, resolved_key, night, entity_type
        qualify row_number() over (partition by article_id, resolved_key order by count(*) desc, entity_type) = 1
    ),

    keys as (
        select
            resolved_key,
            least(count(*) filter (where is_person), count(*) filter (where not is_person)) as lesser_articles,
            count(*) as articles,
            min_by(is_person, (night, not is_person)) as is_first_person
        from named
        group by resolved_key
    ),

    -- Where several places share a name, the largest is meant unless the article names where another one lies.
    places as (
        select
            knowledge_names.name_key,
            knowledge.linked_id,
            knowledge.lies_in,
            knowledge.importance,
            row_number() over (
                partition by knowledge_names.name_key order by knowledge.importance desc, knowledge.linked_id
            )
            = 1 as is_largest,
            count(*) over (partition by knowledge_names.name_key) as namesakes
        from knowledge_names
        inner join knowledge on knowledge_names.linked_id = knowledge.linked_id
        where
            knowledge_names.is_usual
            and knowledge.entity_type = 'LOC'
            and knowledge_names.name_key in (select resolved_key from named)
    ),

    held as (select distinct unnest(lies_in) as linked_id from knowledge),

    holders as (
        select distinct named.article_id, named.resolved_key, knowledge_names.linked_id
        from named
        inner join knowledge_names on named.resolved_key = knowledge_names.name_key
        where not named.is_person and knowledge_names.linked_id in (select linked_id from held)
    ),

    namesakes as (
        select
            named.article_id,
            named.resolved_key,
            places.linked_id,
            places.importance,
            places.is_largest,
            count(distinct holders.linked_id) as holders,
            coalesce(bool_or(holders.linked_id = places.lies_in[2]), false) as is_region_named
        from named
        inner join places on named.resolved_key = places.name_key and places.namesakes > 1
        left join
            holders
            on named.article_id = holders.article_id
            and named.resolved_key <> holders.resolved_key
            and list_contains(places.lies_in, holders.linked_id)
        where not named.is_person
        group by all
    ),

    elsewhere as (
        select namesakes.article_id, namesakes.resolved_key, namesakes.linked_id
        from namesakes
        inner join
            namesakes as largest
            on namesakes.article_id = largest.article_id
            and namesakes.resolved_key = largest.resolved_key
            and largest.is_largest
        where
            not namesakes.is_largest
            and namesakes.holders > largest.holders
            and (namesakes.is_region_named or namesakes.importance >= {{ var("known_city") }})
        qualify
            row_number() over (
                partition by namesakes.article_id, namesakes.resolved_key
                order by namesakes.holders desc, namesakes.importance desc, namesakes.linked_id
            )
            = 1
    ),

    final as (
        select
            named.article_id,
            named.resolved_key,
            named.night,
            named.entity_type,
            named.mentions,
            named.surface,
            case
                when
                    keys.lesser_articles >= {{ var("least_apart_articles") }}
                    and keys.lesser_articles >= {{ var("least_apart_share") }} * keys.articles
                    and named.is_person <> keys.is_first_person
                then if(named.is_person, 'person', 'thing')
                else coalesce(elsewhere.linked_id, '')
            end as sense,
            named.resolved_key || if(sense = '', '', ' [' || sense || ']') as name_id
        from named
        inner join keys on named.resolved_key = keys.resolved_key
        left join
            elsewhere on named.article_id = elsewhere.article_id and named.resolved_key = elsewhere.resolved_key
    )

select *
from final
