-- One row per pair of names worth a judgement, with the kind of likeness that proposes it: names meet in blocks, of one
-- spelling, one known thing, one surname, one short form. `name_id` is the fuller name of the two.
with
    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id, linked_id, entity_type from {{ ref("int_entity_names_linked") }} where is_taken),

    people as (
        select
            name_id,
            words,
            articles,
            len(words) as word_count,
            words[1] as first_name,
            words[-1] as last_name,
            folded
        from names
        where entity_type = 'PER' and sense <> 'thing'
    ),

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

    -- "van Gaal" as well as "Merkel": what ends the full name.
    surnames as (
        select people.name_id, names.name_id as other_name_id, 'surname' as kind
        from people
        inner join names on people.last_name = names.words[-1] and ends_with(people.folded, ' ' || names.folded)
        where
            people.word_count > 1
            and (
                len(names.words) = 1
                or names.words[1] in ('van', 'von', 'de', 'der', 'di', 'da', 'del', 'della', 'du', 'le', 'la', 'bin', 'ben')
            )
            and (names.entity_type = 'PER' or people.articles >= {{ var("known_person_articles") }})
            and names.sense <> 'thing'
            and names.name_id not in (select name_id from links)
    ),

    variants as (
        select
            people.name_id,
            others.name_id as other_name_id,
            case
                when people.first_name = others.first_name and people.last_name = others.last_name
                then 'middle name'
                when people.last_name = others.last_name and length(others.first_name) = 1
                then 'initial'
                when people.last_name = others.last_name
                then 'first name respelt'
                else 'last name respelt'
            end as kind
        from people
        inner join
            people as others
            on (
                people.last_name = others.last_name
                or (people.first_name = others.first_name and left(people.last_name, 2) = left(others.last_name, 2))
            )
            and people.folded <> others.folded
            and (people.word_count, people.articles, people.name_id)
            > (others.word_count, others.articles, others.name_id)
        where
            people.word_count > 1
            and others.word_count > 1
            and (
                (people.first_name = others.first_name and people.last_name = others.last_name)
                or (
                    people.last_name = others.last_name
                    and length(others.first_name) = 1
                    and starts_with(people.first_name, others.first_name)
                )
                or (
                    people.last_name = others.last_name
                    and jaro_winkler_similarity(people.first_name, others.first_name) >= {{ var("respelt_likeness") }}
                )
                or (
                    people.first_name = others.first_name
                    and least(length(people.last_name), length(others.last_name)) >= 5
                    and damerau_levenshtein(people.last_name, others.last_name) = 1
                )
            )
    ),

    first_names as (
        select people.name_id, names.name_id as other_name_id, 'first name' as kind
        from people
        inner join names on people.first_name = names.folded
        where
            people.word_count > 1
            and names.entity_type = 'PER'
            and names.sense <> 'thing'
            and names.name_id not in (select name_id from links)
    ),

    bodies as (
        select
            name_id,
            string_split(resolved_key, ' ') as parts,
            array_to_string(
                list_transform(
                    list_filter(parts, lambda word: word not in ('of', 'the', 'and', 'for', 'in', 'on', 'to', 'de')),
                    lambda word: left(word, 1)
                ),
                ''
            ) as initials,
            array_to_string(list_transform(parts, lambda word: left(word, 1)), '') as all_initials
        from names
        where contains(resolved_key, ' ') and entity_type = 'ORG'
    ),

    acronyms as (
        select bodies.name_id, names.name_id as other_name_id, 'acronym' as kind
        from bodies
        inner join names on names.folded in (bodies.initials, bodies.all_initials)
        where names.is_capitals and names.entity_type = 'ORG'
    ),

    together as (
        select * from senses
        union all
        select * from spellings
        union all
        select * from known
        union all
        select * from surnames
        union all
        select * from first_names
        union all
        select * from variants
        union all
        select * from acronyms
    ),

    final as (
        select name_id, other_name_id, kind
        from together
        where name_id <> other_name_id
        qualify
            row_number() over (
                partition by least(name_id, other_name_id), greatest(name_id, other_name_id)
                order by
                    list_position(['senses', 'spelling', 'known', 'middle name', 'surname', 'acronym'], kind) asc nulls last,
                    kind,
                    name_id
            )
            = 1
    )

select *
from final
