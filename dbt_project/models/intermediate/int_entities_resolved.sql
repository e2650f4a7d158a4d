-- One row per name with the entity it stands for: its id, name, type and what it is known as. An entity is named after
-- the name that was met first, whatever type it has today.
with
    groups as (select * from {{ ref("int_entity_names_grouped") }}),

    names as (select * from {{ ref("int_entity_names_counted") }}),

    links as (select * from {{ ref("int_entity_names_linked") }} where is_taken),

    members as (
        select names.*, groups.leading_name_id, links.linked_id, links.score, links.reason, links.name as known_name
        from groups
        inner join names on groups.name_id = names.name_id
        left join links on names.name_id = links.name_id
    ),

    named as (
        select
            leading_name_id,
            {{ digest_id("e", "min_by(name_id, (first_night, name_id))") }} as entity_id,
            max_by(surface, (name_id = leading_name_id, articles, name_id)) as leading_surface
        from members
        group by leading_name_id
    ),

    types as (
        select leading_name_id, entity_type
        from members
        group by leading_name_id, entity_type
        qualify row_number() over (partition by leading_name_id order by sum(articles) desc, entity_type) = 1
    ),

    linked as (
        select
            leading_name_id,
            linked_id,
            any_value(known_name) as known_name,
            round(max(score), 4) as link_score,
            max_by(reason, (score, reason)) as link_reason
        from members
        where linked_id is not null
        group by leading_name_id, linked_id
        -- Names of one entity that are known as two things link to neither.
        qualify count(*) over (partition by leading_name_id) = 1
    ),

    final as (
        select
            members.name_id,
            members.resolved_key,
            members.sense,
            members.leading_name_id,
            named.entity_id,
            -- "French Republic" is France; what is not known is called as it is written.
            coalesce(linked.known_name, named.leading_surface) as canonical_name,
            types.entity_type,
            linked.linked_id,
            linked.link_score,
            linked.link_reason
        from members
        inner join named on members.leading_name_id = named.leading_name_id
        inner join types on members.leading_name_id = types.leading_name_id
        left join linked on members.leading_name_id = linked.leading_name_id
    )

select *
from final
