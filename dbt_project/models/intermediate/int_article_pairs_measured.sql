-- One row per pair of articles that may tell of the same thing, with the evidence for it: what they share and how far
-- apart they are. Pairs of articles that did not change are kept.
-- depends_on: {{ ref("int_articles_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_articles('article_id', 'other_article_id') }}",
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
            sum(terms.weight * others.weight) / 1e12 as cosine,
            sum(terms.weight_in_title * others.weight + terms.weight * others.weight_in_title) / 2e12 as title_cosine
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

    final as (
        select
            proposed.article_id,
            proposed.other_article_id,
            coalesce(words.shared_terms, 0) as shared_terms,
            coalesce(names.shared_entities, 0) as shared_entities,
            coalesce(names.telling_entities, 0) as telling_entities,
            proposed.shared_quotes,
            proposed.shared_shingles,
            proposed.days_apart,
            round(coalesce(words.cosine, 0), 6) as cosine,
            round(coalesce(words.title_cosine, 0), 6) as title_cosine,
            proposed.night
        from proposed
        left join words on proposed.article_id = words.article_id and proposed.other_article_id = words.other_article_id
        left join names on proposed.article_id = names.article_id and proposed.other_article_id = names.other_article_id
        where
            coalesce(words.cosine, 0) >= {{ var("least_cosine") }}
            or proposed.shared_quotes > 0
            or proposed.shared_shingles >= {{ var("quoted_shingles") }}
    )

select *
from final
