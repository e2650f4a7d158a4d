-- One row per person, office, country or organisation whose office it is, and whether it is held now or was.
with
    claims as (select * from {{ ref("int_role_claims_resolved") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    contradicted as (
        select distinct entity_id, role, country_code, page_id, start_offset, zone, span_no
        from {{ ref("role_contradictions") }}
    ),

    judged as (
        select claims.*, contradicted.page_id is not null as is_contradicted
        from claims
        left join
            contradicted
            on claims.page_id = contradicted.page_id
            and claims.zone = contradicted.zone
            and claims.start_offset = contradicted.start_offset
            and claims.span_no is not distinct from contradicted.span_no
            and claims.entity_id = contradicted.entity_id
    ),

    final as (
        select
            {{
                digest_id(
                    "r",
                    "concat_ws(' ', judged.entity_id, judged.role, judged.country_code, '/', judged.organisation_key, judged.is_current)",
                )
            }}
            as entity_role_id,
            judged.entity_id,
            judged.role,
            judged.country_code,
            judged.organisation_key,
            judged.is_current,
            count(distinct judged.article_id) as articles,
            count(distinct judged.article_id) filter (where judged.is_contradicted) as contradicted_articles,
            bool_and(judged.is_contradicted) as is_contradicted,
            min(judged.night) as first_night,
            max(judged.night) as last_night
        from judged
        inner join entities on judged.entity_id = entities.entity_id
        group by judged.entity_id, judged.role, judged.country_code, judged.organisation_key, judged.is_current
    )

select *
from final
