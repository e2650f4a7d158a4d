-- One row per article and name in it, with the sense it has there: a single word that is somebody's first or last name,
-- often means a person and often something else, is two names, and a place that the article says lies elsewhere than
-- the best-known one of its name is another.
with
    mentions as (select * from {{ ref("int_mentions_given_votes") }}),

    elsewhere as (select * from {{ ref("int_entity_places_told_apart") }}),

    named as (
        select
            article_id,
            resolved_key,
            night,
            entity_type,
            entity_type = 'PER' as is_person,
            count(*) as mentions,
            max_by(surface, (name_key = resolved_key, length(surface), surface)) as surface
        from mentions
        group by article_id, resolved_key, night, entity_type
        qualify row_number() over (partition by article_id, resolved_key order by count(*) desc, entity_type) = 1
    ),

    -- A model that wavers between a person and a place is no evidence of two; that somebody has the name is.
    borne as (
        select distinct unnest([split_part(resolved_key, ' ', 1), split_part(resolved_key, ' ', -1)]) as resolved_key
        from named
        where is_person and contains(resolved_key, ' ')
    ),

    keys as (
        select
            resolved_key,
            resolved_key in (select resolved_key from borne) as is_borne,
            least(count(*) filter (where is_person), count(*) filter (where not is_person)) as lesser_articles,
            count(*) as articles,
            min_by(is_person, (night, not is_person)) as is_first_person
        from named
        group by resolved_key
    ),

    final as (
        select
            named.article_id,
            named.resolved_key,
            named.night,
            named.entity_type,
            named.mentions,
            named.surface,
            keys.is_borne,
            case
                when
                    keys.is_borne
                    and keys.lesser_articles >= {{ var("least_apart_articles") }}
                    and keys.lesser_articles >= {{ var("least_apart_share") }} * keys.articles
                    and named.is_person <> keys.is_first_person
                then if(named.is_person, 'person', 'thing')
                else coalesce(elsewhere.linked_id, '')
            end as sense,
            named.resolved_key || if(sense = '', '', ' [' || sense || ']') as name_id
        from named
        inner join keys on named.resolved_key = keys.resolved_key
        left join elsewhere on named.article_id = elsewhere.article_id and named.resolved_key = elsewhere.resolved_key
    )

select *
from final
