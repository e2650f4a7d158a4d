-- One row per pair of names that was judged: the same, not the same, or undecided, with the score and its parts.
with
    pairs as (select * from {{ ref("int_entity_pairs_proposed") }}),

    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id, linked_id from {{ ref("int_entity_names_linked") }} where is_taken),

    supported as (select * from {{ ref("int_entity_pairs_supported") }}),

    -- What each kind of likeness is worth, how much of the articles of all that the
    -- other name may be the fuller one must have, and how many of the other's articles
    -- at least: a full name that nobody writes lends itself to nothing.
    kinds(kind, likeness, least_prominence, least_articles, counts_beside, reason) as (
        values
            ('senses', 0.0, 0.0, 0.0, false, 'one name of two, told apart by what they are or where they lie'),
            ('spelling', 1.0, 0.0, 0.0, false, 'one name spelt in two ways'),
            ('known', 1.0, 0.0, 0.0, false, 'two names of one known thing'),
            ('middle name', 0.7, 0.0, 0.0, false, 'a part between first and last name left out'),
            ('surname', 0.6, {{ var("least_prominence") }}, 0.1, false, 'what ends the full name'),
            ('acronym', 0.6, {{ var("least_prominence") }}, 0.02, true, 'its initials'),
            ('short form', 0.5, 0.0, 0.1, true, 'what ends the name'),
            ('initial', 0.5, 0.0, 0.0, false, 'a first name and its initial'),
            ('first name respelt', 0.5, 0.0, 0.0, false, 'a first name spelt in two ways'),
            ('last name respelt', 0.5, 0.0, 0.0, false, 'a last name spelt in two ways'),
            ('nickname', 0.5, {{ var("least_prominence") }}, 0.0, false, 'a first name and a form of it'),
            ('first name', 0.3, 0.0, 0.1, true, 'what begins the full name')
    ),

    measured as (
        select
            pairs.*,
            names.articles,
            others.articles as other_articles,
            length(others.folded) as other_letters,
            if(pairs.kind = 'surname' and others.entity_type <> 'PER', 0.45, kinds.likeness) as likeness,
            kinds.least_prominence,
            kinds.least_articles * others.articles as least_articles,
            kinds.counts_beside,
            kinds.reason,
            coalesce(supported.supported_articles, 0) / others.articles as support,
            coalesce(supported.beside_articles, 0) / others.articles as beside,
            names.articles / sum(names.articles) over (partition by pairs.other_name_id, pairs.kind) as prominence,
            own_links.linked_id <> other_links.linked_id as is_linked_apart
        from pairs
        inner join kinds on pairs.kind = kinds.kind
        inner join names on pairs.name_id = names.name_id
        inner join names as others on pairs.other_name_id = others.name_id
        left join supported on pairs.name_id = supported.name_id and pairs.other_name_id = supported.other_name_id
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
                    + if(counts_beside, {{ var("support_weight") }} * beside, 0)
                    + {{ var("prominence_weight") }} * prominence
                    + {{ var("frequency_weight") }} * least(1.0, articles / {{ var("frequent_person_articles") }})
                ),
                4
            ) as score,
            prominence >= least_prominence and articles >= least_articles as is_prominent,
            -- Two letters fit too many names: an article must have both.
            kind = 'acronym' and other_letters <= 2 and beside = 0 as is_chance
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
                when score >= {{ var("same_entity_score") }} and is_prominent and not is_chance
                then 'same'
                when score < {{ var("other_entity_score") }}
                then 'not the same'
                else 'undecided'
            end as verdict,
            if(is_linked_apart, 'known as two', reason) as reason
        from scored
    )

select *
from final
