-- One row per pair of articles that may tell of the same thing, with the evidence and
-- a score from 0 to 1. The score is
-- the cosine of their telling words, less for days apart and for a day unknown, more
-- for a shared quotation.
-- depends_on: {{ ref("int_articles_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_articles() }}",
    )
}}

with
    proposed as (select * from {{ ref("int_article_pairs_proposed") }}),

    terms as (select * from {{ ref("int_article_terms_weighted") }}),

    mentions as (select * from {{ ref("int_article_names_weighed") }}),

    words as (
        select
            proposed.article_id,
            proposed.other_article_id,
            count(*) as shared_terms,
            sum(terms.weight * others.weight) / 1e12 as cosine
        from proposed
        inner join terms on proposed.article_id = terms.article_id
        inner join terms as others on proposed.other_article_id = others.article_id and terms.term = others.term
        group by proposed.article_id, proposed.other_article_id
    ),

    names as (
        select
            proposed.article_id,
            proposed.other_article_id,
            count(*) as shared_entities,
            count(*) filter (where mentions.is_telling and others.is_telling) as telling_entities
        from proposed
        inner join mentions on proposed.article_id = mentions.article_id
        inner join
            mentions as others
            on proposed.other_article_id = others.article_id
            and mentions.resolved_key = others.resolved_key
        group by proposed.article_id, proposed.other_article_id
    ),

    measured as (
        select
            proposed.*,
            coalesce(words.shared_terms, 0) as shared_terms,
            coalesce(names.shared_entities, 0) as shared_entities,
            coalesce(names.telling_entities, 0) as telling_entities,
            round(coalesce(words.cosine, 0), 6) as cosine,
            proposed.shared_quotes > 0 or proposed.shared_shingles > 0 as is_quotation_shared
        from proposed
        left join words on proposed.article_id = words.article_id and proposed.other_article_id = words.other_article_id
        left join names on proposed.article_id = names.article_id and proposed.other_article_id = names.other_article_id
    ),

    final as (
        select
            article_id,
            other_article_id,
            shared_terms,
            shared_entities,
            shared_quotes,
            shared_shingles,
            days_apart,
            cosine,
            round(
                least(
                    1,
                    case
                        when days_apart is not null
                        then
                            (cosine + {{ var("name_bonus") }} * least(telling_entities, {{ var("most_name_bonuses") }}))
                            * exp(- days_apart / {{ var("story_fading_days") }})
                        when is_quotation_shared
                        then cosine
                        else {{ var("undated_weight") }} * cosine
                    end
                    + if(is_quotation_shared, {{ var("quotation_bonus") }}, 0)
                ),
                6
            ) as score,
            night
        from measured
    )

select *
from final
