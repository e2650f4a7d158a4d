-- One row per article and name of a place that lies elsewhere there than the
-- best-known place of that name: the article names the country or region of this one,
-- and less of the other's, and says so right behind it where this one is small.
with
    mentions as (select * from {{ ref("int_mentions_given_votes") }}),

    knowledge as (select * from {{ ref("stg_knowledge") }}),

    knowledge_names as (select * from {{ ref("stg_knowledge_names") }}),

    named as (select distinct article_id, resolved_key from mentions where entity_type <> 'PER'),

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
            = 1 as is_largest
        from knowledge_names
        inner join knowledge on knowledge_names.linked_id = knowledge.linked_id
        where
            knowledge_names.is_usual
            and knowledge.entity_type = 'LOC'
            and knowledge_names.name_key in (select resolved_key from named)
        qualify count(*) over (partition by knowledge_names.name_key) > 1
    ),

    -- "Paris, Texas": what stands right behind the name.
    followed as (
        select distinct article_id, resolved_key, next_key
        from
            (
                select
                    article_id,
                    resolved_key,
                    lead(resolved_key) over behind as next_key,
                    lead(start_offset) over behind - end_offset as gap
                from mentions
                window behind as (partition by article_id, zone order by start_offset)
            )
        where gap between 1 and {{ var("widest_gap") }}
    ),

    held as (select distinct unnest(lies_in) as linked_id from knowledge),

    holders as (
        select distinct named.article_id, named.resolved_key, knowledge_names.linked_id
        from named
        inner join knowledge_names on named.resolved_key = knowledge_names.name_key
        where knowledge_names.linked_id in (select linked_id from held)
    ),

    -- A join of its own: a left join on what a list holds would compare all with all.
    held_there as (
        select
            holders.article_id,
            holders.resolved_key,
            holders.linked_id,
            places.name_key as held_key,
            places.linked_id as held_id
        from named
        inner join places on named.resolved_key = places.name_key
        inner join holders on named.article_id = holders.article_id and named.resolved_key <> holders.resolved_key
        where list_contains(places.lies_in, holders.linked_id)
    ),

    namesakes as (
        select
            named.article_id,
            named.resolved_key,
            places.linked_id,
            places.importance,
            places.is_largest,
            count(distinct holders.linked_id) as holders,
            coalesce(bool_or(followed.next_key is not null), false) as is_said_there
        from named
        inner join places on named.resolved_key = places.name_key
        left join
            held_there as holders
            on named.article_id = holders.article_id
            and named.resolved_key = holders.held_key
            and places.linked_id = holders.held_id
        left join
            followed
            on named.article_id = followed.article_id
            and named.resolved_key = followed.resolved_key
            and holders.resolved_key = followed.next_key
        group by all
    ),

    final as (
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
            and (namesakes.is_said_there or namesakes.importance >= {{ var("known_city") }})
        qualify
            row_number() over (
                partition by namesakes.article_id, namesakes.resolved_key
                order by namesakes.holders desc, namesakes.importance desc, namesakes.linked_id
            )
            = 1
    )

select *
from final
