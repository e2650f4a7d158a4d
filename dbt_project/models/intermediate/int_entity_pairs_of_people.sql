-- One row per pair of names of which the fuller, `name_id`, is a person's and the other may be the same: a surname or a
-- first name alone, a middle name left out, an initial, another spelling, a nickname. Of two that are alike in two
-- ways the first counts.
with
    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id from {{ ref("int_entity_names_linked") }} where is_taken),

    -- Either way round, but no further: Ned and Ted are both Edward, and two people.
    forms_of_first_names as (
        select first_name, nickname as other_first_name
        from {{ ref("stg_nicknames") }}
        union
        select nickname, first_name
        from {{ ref("stg_nicknames") }}
    ),

    people as (
        select
            name_id, words, articles, len(words) as word_count, words[1] as first_name, words[-1] as last_name, folded
        from names
        where entity_type = 'PER' and sense <> 'thing' and len(words) > 1
    ),

    -- "van Gaal" as well as "Merkel": what ends the full name.
    surnames as (
        select people.name_id, names.name_id as other_name_id, 'surname' as kind
        from people
        inner join names on people.last_name = names.words[-1] and ends_with(people.folded, ' ' || names.folded)
        where
            (
                len(names.words) = 1
                or names.words[1]
                in ('van', 'von', 'de', 'der', 'di', 'da', 'del', 'della', 'du', 'le', 'la', 'bin', 'ben')
            )
            and (
                names.entity_type = 'PER'
                -- A well-known surname that the model took for a body; a place may have anybody's name, and initials
                -- ("UN") are nobody's.
                or (
                    names.entity_type <> 'LOC'
                    and not names.is_capitals
                    and people.articles >= {{ var("known_person_articles") }}
                )
            )
            and names.sense <> 'thing'
            and names.name_id not in (select name_id from links)
    ),

    -- One key to a join: a join on either of two would compare all people with all.
    of_one_last_name as (
        select
            people.name_id,
            others.name_id as other_name_id,
            case
                -- Of one first and last name: two with middle names of their own are two people.
                when people.first_name = others.first_name
                then if(list_has_all(people.words, others.words), 'middle name', null)
                when length(others.first_name) = 1 and starts_with(people.first_name, others.first_name)
                then 'initial'
                when jaro_winkler_similarity(people.first_name, others.first_name) >= {{ var("respelt_likeness") }}
                then 'first name respelt'
                -- Two with middle names of their own are two people here, too.
                when forms_of_first_names.first_name is not null and others.word_count = 2
                then 'nickname'
            end as kind
        from people
        inner join people as others on people.last_name = others.last_name
        left join
            forms_of_first_names
            on people.first_name = forms_of_first_names.first_name
            and others.first_name = forms_of_first_names.other_first_name
        where
            people.folded <> others.folded
            and (people.word_count, people.articles, people.name_id)
            > (others.word_count, others.articles, others.name_id)
            and kind is not null
    ),

    of_one_first_name as (
        select people.name_id, others.name_id as other_name_id, 'last name respelt' as kind
        from people
        inner join
            people as others
            on people.first_name = others.first_name
            and left(people.last_name, 2) = left(others.last_name, 2)
            and people.last_name <> others.last_name
        where
            (people.word_count, people.articles, people.name_id) > (others.word_count, others.articles, others.name_id)
            and least(length(people.last_name), length(others.last_name)) >= 5
            and people.articles >= {{ var("least_respelt_ratio") }} * others.articles
            and damerau_levenshtein(people.last_name, others.last_name) = 1
    ),

    first_names as (
        select people.name_id, names.name_id as other_name_id, 'first name' as kind
        from people
        inner join names on people.first_name = names.folded
        where names.entity_type = 'PER' and names.sense <> 'thing' and names.name_id not in (select name_id from links)
        qualify
            people.articles
            >= {{ var("least_prominence_of_parts") }} * sum(people.articles) over (partition by names.name_id)
    ),

    final as (
        select *
        from of_one_last_name
        union all
        select *
        from of_one_first_name
        union all
        select *
        from surnames
        union all
        select *
        from first_names
    )

select *
from final
