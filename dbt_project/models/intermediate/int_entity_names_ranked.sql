-- One row per name with its place in the order in which names lead: those known by an id, then full names of people
-- before their parts, then the more frequent.
with
    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select name_id from {{ ref("int_entity_names_linked") }} where is_taken),

    final as (
        select
            names.name_id,
            row_number() over (
                order by
                    links.name_id is null,
                    names.is_capitals,
                    names.entity_type = 'PER' and len(names.words) = 1,
                    names.articles desc,
                    names.name_id
            ) as name_rank
        from names
        left join links on names.name_id = links.name_id
    )

select *
from final
