-- One row per name, with its sense, and what all articles say of it. Every article has one vote.
with
    named as (select * from {{ ref("int_entity_names_in_articles") }}),

    surfaces as (
        select name_id, surface
        from named
        group by name_id, surface
        qualify row_number() over (partition by name_id order by count(*) desc, length(surface) desc, surface) = 1
    ),

    types as (
        select name_id, entity_type, count(*) as articles
        from named
        group by name_id, entity_type
        qualify
            row_number() over (
                partition by name_id
                order by
                    -- One word that is nobody's first or last name is seldom a person: such votes count half.
                    count(*) * if(
                        entity_type = 'PER' and not any_value(is_borne) and not contains(any_value(resolved_key), ' '),
                        1,
                        2
                    ) desc,
                    entity_type
            )
            = 1
    ),

    counted as (
        select
            name_id,
            any_value(resolved_key) as resolved_key,
            any_value(sense) as sense,
            count(*) as articles,
            count(*) filter (where entity_type = 'LOC') / count(*) as place_share,
            min(night) as first_night
        from named
        group by name_id
    ),

    final as (
        select
            counted.*,
            surfaces.surface,
            types.entity_type,
            types.articles / counted.articles as type_share,
            regexp_full_match(replace(surfaces.surface, '.', ''), '[A-Z]{2,6}') as is_capitals,
            {{ folded_name("counted.resolved_key") }} as folded,
            string_split(folded, ' ') as words
        from counted
        inner join surfaces on counted.name_id = surfaces.name_id
        inner join types on counted.name_id = types.name_id
    )

select *
from final
