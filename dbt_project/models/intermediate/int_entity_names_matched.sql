-- One row per name and known thing of that name and type, with how much of the name is its own.
with
    names as (select * from {{ ref("int_entity_names_counted") }}),

    spelt as (
        select name_id, resolved_key as name_key
        from names
        union
        select name_id, folded
        from names
    ),

    knowledge as (select * from {{ ref("stg_knowledge") }}),

    knowledge_names as (select * from {{ ref("stg_knowledge_names") }}),

    matched as (
        select
            names.name_id,
            names.articles,
            names.type_share,
            len(names.words) as words,
            names.is_capitals,
            knowledge.linked_id,
            knowledge.name,
            knowledge.entity_type,
            knowledge.country,
            knowledge.lies_in,
            knowledge_names.is_usual,
            lower(replace(knowledge.name, '.', '')) = knowledge_names.name_key as is_own_name,
            knowledge_names.is_common
            and not names.is_capitals
            and (
                knowledge.entity_type <> 'LOC'
                or (
                    knowledge.importance < {{ var("well_known_place") }} and not contains(knowledge_names.name_key, ' ')
                )
            ) as is_common,
            knowledge.entity_type = 'ORG' and knowledge.importance >= {{ var("well_known_body") }} as is_well_known,
            knowledge.importance * if(knowledge_names.is_usual, 1, {{ var("other_name_weight") }}) as weight
        from names
        inner join spelt on names.name_id = spelt.name_id
        inner join knowledge_names on spelt.name_key = knowledge_names.name_key
        inner join knowledge on knowledge_names.linked_id = knowledge.linked_id
        where
            (names.is_capitals or not knowledge_names.is_capitals)
            and (
                names.entity_type = knowledge.entity_type
                or (knowledge.entity_type = 'LOC' and names.place_share >= {{ var("least_place_share") }})
                -- "Russian Federation" acts as a body and is a country all the same.
                or (
                    names.entity_type <> 'PER'
                    and knowledge.entity_type = 'LOC'
                    and knowledge.country is not null
                    and len(knowledge.lies_in) = 0
                    and knowledge_names.is_usual
                    and contains(knowledge_names.name_key, ' ')
                )
            )
            and names.sense in ('', 'person', 'thing', knowledge.linked_id)
        qualify
            row_number() over (
                partition by names.name_id, knowledge.linked_id
                order by knowledge_names.is_usual desc, knowledge_names.is_common, knowledge_names.name_key
            )
            = 1
    ),

    -- Of two that lie in each other, a city of its country's name is the country, as a text that says Luxembourg means
    -- it, and a region of its city's name is the city.
    nested as (
        select
            inner_place.name_id,
            if(
                len(outer_place.lies_in) = 0 or inner_place.weight < {{ var("least_city_share") }} * outer_place.weight,
                inner_place.linked_id,
                outer_place.linked_id
            ) as linked_id
        from matched as inner_place
        inner join
            matched as outer_place
            on inner_place.name_id = outer_place.name_id
            and list_contains(inner_place.lies_in, outer_place.linked_id)
    ),

    final as (select * from matched where (name_id, linked_id) not in (select (name_id, linked_id) from nested))

select *
from final
