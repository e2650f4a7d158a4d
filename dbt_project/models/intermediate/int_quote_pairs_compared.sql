-- One row per pair of wordings that share enough words to be one quotation; `quote_key` is
-- the later one by night and key. They meet in word 4-grams that few wordings up to
-- that night have. Pairs of nights that did not change are kept.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_nights() }}",
    )
}}

with
    wordings as (select * from {{ ref("int_quotes_worded") }}),

    new_wordings as (select * from wordings where night >= {{ first_changed_night() }}),

    places as (select quote_key, night, unnest(shingles) as shingle from wordings),

    met as (
        select *, count(*) over (partition by shingle order by night) as wordings_with_it
        from places
        where shingle in (select unnest(shingles) from new_wordings)
    ),

    proposed as (
        select distinct met.quote_key, others.quote_key as other_quote_key
        from met
        inner join met as others on met.shingle = others.shingle
        where
            met.night >= {{ first_changed_night() }}
            and met.wordings_with_it <= {{ var("frequent_quote_shingle_wordings") }}
            and (others.night, others.quote_key) < (met.night, met.quote_key)
    ),

    measured as (
        select
            proposed.quote_key,
            proposed.other_quote_key,
            len(list_intersect(wordings.shingles, others.shingles)) as shared_shingles,
            len(wordings.shingles) as shingles,
            len(others.shingles) as other_shingles,
            wordings.night
        from proposed
        inner join new_wordings as wordings on proposed.quote_key = wordings.quote_key
        inner join wordings as others on proposed.other_quote_key = others.quote_key
    ),

    final as (
        select *, shared_shingles / least(shingles, other_shingles) as overlap
        from measured
        where
            shared_shingles >= {{ var("least_shared_quote_shingles") }}
            and shared_shingles >= {{ var("quote_containment") }} * least(shingles, other_shingles)
    )

select *
from final
