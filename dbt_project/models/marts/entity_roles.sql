-- One row per person, office, country or organisation whose office it is, and whether it is held now or was.
with
    claims as (select * from {{ ref("int_role_claims_resolved") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    contradicted as (select distinct role_claim_id from {{ ref("role_contradictions") }}),

    judged as (
        select claims.*, contradicted.role_claim_id is not null as is_contradicted
        from claims
        left join contradicted on claims.role_claim_id = contradicted.role_claim_id
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
