-- One row per pair of names worth a judgement, with the kind of likeness that proposes it: names meet in blocks, of one
-- spelling, one known thing, one surname, one short form. `name_id` is the fuller name of the two.
with
    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id, linked_id, entity_type from {{ ref("int_entity_names_linked") }} where is_taken),

    common_words as (select word from {{ ref("stg_common_words") }}),

    people as (select name_id, other_name_id, kind from {{ ref("int_entity_pairs_of_people") }}),

    senses as (
        select names.name_id, others.name_id as other_name_id, 'senses' as kind
        from names
        inner join names as others on names.resolved_key = others.resolved_key and names.name_id < others.name_id
    ),

    spellings as (
        select names.name_id, others.name_id as other_name_id, 'spelling' as kind
        from names
        inner join
            names as others
            on names.folded = others.folded
            and names.resolved_key <> others.resolved_key
            and (names.articles, names.name_id) > (others.articles, others.name_id)
        where (names.entity_type = 'PER') = (others.entity_type = 'PER')
    ),

    known as (
        select links.name_id, others.name_id as other_name_id, 'known' as kind
        from links
        inner join links as others on links.linked_id = others.linked_id and links.name_id < others.name_id
    ),

    bodies as (
        select
            name_id,
            articles,
            string_split(resolved_key, ' ') as parts,
            array_to_string(
                list_transform(
                    list_filter(parts, lambda word:word not in ('of', 'the', 'and', 'for', 'in', 'on', 'to', 'de')),
                    lambda word:left(word, 1)
                ),
                ''
            ) as initials,
            array_to_string(list_transform(parts, lambda word:left(word, 1)), '') as all_initials
        from names
        where contains(resolved_key, ' ') and entity_type = 'ORG'
    ),

    -- Unnested, for a join of one key.
    initials as (select distinct name_id, unnest([initials, all_initials]) as initials from bodies),

    acronyms as (
        select initials.name_id, names.name_id as other_name_id, 'acronym' as kind
        from initials
        inner join names on initials.initials = names.folded
        where names.is_capitals and names.entity_type = 'ORG'
    ),

    -- "the Chargers" of San Diego: what ends the name of one body alone.
    short_forms as (
        select bodies.name_id, names.name_id as other_name_id, 'short form' as kind
        from bodies
        inner join names on bodies.parts[-1] = names.resolved_key
        where
            names.entity_type = 'ORG'
            and not names.is_capitals
            and names.name_id not in (select name_id from links)
            -- "the House" is the White House no more than the Senate's.
            and names.resolved_key not in (select word from common_words)
        qualify
            bodies.articles
            >= {{ var("least_prominence_of_parts") }} * sum(bodies.articles) over (partition by names.name_id)
    ),

    together as (
        select *
        from senses
        union all
        select *
        from spellings
        union all
        select *
        from known
        union all
        select *
        from people
        union all
        select *
        from acronyms
        union all
        select *
        from short_forms
    ),

    final as (
        select name_id, other_name_id, kind
        from together
        where name_id <> other_name_id
        qualify
            row_number() over (
                partition by least(name_id, other_name_id), greatest(name_id, other_name_id)
                order by
                    list_position(
                        ['senses', 'spelling', 'known', 'middle name', 'surname', 'acronym'], kind
                    ) asc nulls last,
                    kind,
                    name_id
            )
            = 1
    )

select *
from final
