-- One row per name that stands for an entity, with its type and fullest common form.
-- Every article has one vote, however
-- often it names the entity and however many outlets carried it.
with
    mentions as (select * from {{ ref("int_mentions_given_votes") }}),

    named as (select distinct resolved_key, entity_type, surface, name_key, article_id from mentions),

    types as (
        select resolved_key, entity_type
        from named
        group by resolved_key, entity_type
        qualify row_number() over (partition by resolved_key order by count(distinct article_id) desc, entity_type) = 1
    ),

    surfaces as (
        select resolved_key, surface
        from named
        group by resolved_key, surface
        qualify
            row_number() over (
                partition by resolved_key
                order by
                    bool_or(name_key = resolved_key) desc,
                    count(distinct article_id) desc,
                    length(surface) desc,
                    surface
            )
            = 1
    ),

    final as (
        select
            {{ digest_id("e", "types.entity_type || ' ' || types.resolved_key") }} as entity_id,
            types.resolved_key,
            surfaces.surface as canonical_name,
            types.entity_type
        from types
        inner join surfaces on types.resolved_key = surfaces.resolved_key
    )

select *
from final
