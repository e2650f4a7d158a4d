-- One row per place where a text gives a person an office that others give to somebody else, or for another
-- country, and the rule that says so. A caption's word counts for nothing against a text's.
with
    claims as (
        select *
        from {{ ref("int_role_claims_resolved") }}
        where
            is_current
            and country_code is not null
            and (role in ('{{ var("sole_offices") | join("', '") }}') or role like '% minister')
            and role not like 'deputy %'
    ),

    said as (
        select role, country_code, entity_id, said_date, count(distinct article_id) as articles
        from claims
        where zone <> 'caption'
        group by role, country_code, entity_id, said_date
    ),

    doubted as (select distinct role, country_code, entity_id, said_date from claims),

    weighed as (
        select
            doubted.role,
            doubted.country_code,
            doubted.entity_id,
            doubted.said_date,
            said.country_code as other_country_code,
            said.entity_id as other_entity_id,
            sum(said.articles)::bigint as articles,
            min(said.said_date) as first_date,
            max(said.said_date) as last_date
        from doubted
        inner join
            said
            on doubted.role = said.role
            and (doubted.country_code = said.country_code or doubted.entity_id = said.entity_id)
            and abs(doubted.said_date - said.said_date) <= {{ var("office_days") }}
        group by all
    ),

    supported as (
        select role, country_code, entity_id, said_date, articles
        from weighed
        where country_code = other_country_code and entity_id = other_entity_id
    ),

    opposed as (
        select *, if(entity_id = other_entity_id, 'other_country_for_same_person', 'office_held_by_another') as reason
        from weighed
        where
            (country_code <> other_country_code or entity_id <> other_entity_id)
            -- Who held the office before or holds it since is no contradiction.
            and said_date between first_date and last_date
        qualify
            row_number() over (
                partition by role, country_code, entity_id, said_date, entity_id = other_entity_id
                order by articles desc, other_entity_id, other_country_code
            )
            = 1
    ),

    final as (
        select
            {{ digest_id("rx", "claims.role_claim_id || ' ' || opposed.reason") }} as role_contradiction_id,
            claims.role_claim_id,
            claims.page_id,
            claims.article_id,
            claims.entity_id,
            opposed.other_entity_id,
            opposed.reason,
            claims.role,
            claims.country_code,
            opposed.other_country_code,
            claims.zone,
            claims.text,
            coalesce(supported.articles, 0) as articles_for,
            opposed.articles as articles_against,
            claims.span_no,
            claims.start_offset,
            claims.end_offset,
            claims.night
        from claims
        inner join opposed using (role, country_code, entity_id, said_date)
        left join supported using (role, country_code, entity_id, said_date)
        where opposed.articles > {{ var("office_majority") }} * coalesce(supported.articles, 0)
    )

select *
from final
