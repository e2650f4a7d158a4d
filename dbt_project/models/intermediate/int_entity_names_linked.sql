-- One row per name and known thing it may stand for, with how likely it is, and whether it is taken for it. All
-- articles that have the name decide together; how it is done is said in docs/decisions/0014.
with
    candidates as (select * from {{ ref("int_entity_names_matched") }}),

    named as (select * from {{ ref("int_entity_names_in_articles") }}),

    knowledge as (select * from {{ ref("stg_knowledge") }}),

    knowledge_names as (select * from {{ ref("stg_knowledge_names") }}),

    around as (
        select distinct candidates.name_id, candidates.linked_id, unnest(candidates.lies_in) as holder
        from candidates
        union
        select candidates.name_id, candidates.linked_id, lands.linked_id
        from candidates
        inner join knowledge as lands on candidates.country = lands.country and len(lands.lies_in) = 0
        where candidates.entity_type <> 'LOC'
    ),

    supported as (
        select around.name_id, around.linked_id, count(distinct own.article_id) as articles
        from around
        inner join named as own on around.name_id = own.name_id
        inner join knowledge_names on around.holder = knowledge_names.linked_id
        inner join
            named as others
            on own.article_id = others.article_id
            and knowledge_names.name_key = others.resolved_key
            and own.name_id <> others.name_id
            and others.entity_type <> 'PER'
        group by around.name_id, around.linked_id
    ),

    weighed as (
        select
            candidates.*,
            coalesce(supported.articles, 0) / candidates.articles as context,
            candidates.weight * ({{ var("unsupported_weight") }} + context) as belief,
            -- Initials stand for what is written out somewhere.
            bool_or(candidates.words > 1) over (partition by candidates.linked_id) as is_written_out,
            -- What else a name may stand for that nobody lists.
            case
                when entity_type = 'LOC'
                then {{ var("unknown_place") }}
                when entity_type = 'ORG' and (words = 1 or is_common)
                then {{ var("unknown_body") }}
                else 0
            end as unknown
        from candidates
        left join supported on candidates.name_id = supported.name_id and candidates.linked_id = supported.linked_id
    ),

    scored as (
        select
            *,
            -- Rounded before it is compared: a sum of doubles depends on its order in the last digits.
            round(belief / (sum(belief) over (partition by name_id) + unknown), 4) as score,
            case
                when entity_type = 'LOC'
                then not is_common or is_usual and context >= {{ var("least_context") }}
                when entity_type = 'PER'
                then words > 1
                when is_well_known
                then is_usual and (not is_capitals or is_own_name or is_written_out or context > 0)
                when words > 1 and not is_capitals
                then true
                else
                    is_usual
                    and not is_common
                    and (
                        (context >= {{ var("least_context") }} and (is_written_out or not is_capitals))
                        or (
                            (is_own_name or not is_capitals)
                            and articles >= {{ var("least_brand_articles") }}
                            and type_share >= {{ var("least_brand_share") }}
                        )
                    )
            end as is_enough
        from weighed
    ),

    final as (
        select
            name_id,
            linked_id,
            name,
            entity_type,
            score,
            round(context, 4) as context,
            row_number() over (partition by name_id order by score desc, linked_id) = 1
            and is_enough
            and score >= if(context > 0, {{ var("least_link_score") }}, {{ var("least_bare_link_score") }}) as is_taken,
            case
                when is_taken and context > 0
                then 'its name, and the texts say where'
                when is_taken
                then if(is_usual, 'its name', 'another name of it')
                when not is_enough
                then 'a single word that says too little alone'
                else 'not likely enough'
            end as reason
        from scored
    )

select *
from final
