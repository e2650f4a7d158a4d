-- One row per pair of distinct texts that share more than a turn of phrase; `page_id`
-- is the later one by night and id.
-- Candidates meet in a sample of their shingles that few texts up to that night have;
-- the count is over all shingles.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_nights() }}",
    )
}}

with
    shingles as (select * from {{ ref("int_texts_shingled") }}),

    sampled as (
        select *
        from shingles
        where shingle % {{ var("shingle_sample") }} = 0 or text_shingles < {{ var("short_text_shingles") }}
    ),

    new_sampled as (select * from sampled where night >= {{ first_changed_night() }}),

    texts_by_night as (
        select night, sum(count(distinct page_id)) over (order by night) as texts_so_far from shingles group by night
    ),

    frequencies as (
        select shingle, night, sum(count(*)) over (partition by shingle order by night) as texts_with_it
        from sampled
        where shingle in (select shingle from new_sampled)
        group by shingle, night
    ),

    fingerprints as (
        select new_sampled.*
        from new_sampled
        inner join frequencies on new_sampled.shingle = frequencies.shingle and new_sampled.night = frequencies.night
        inner join texts_by_night on new_sampled.night = texts_by_night.night
        where
            frequencies.texts_with_it > 1
            and frequencies.texts_with_it <= greatest(
                {{ var("frequent_shingle_texts") }}, {{ var("frequent_shingle_share") }} * texts_by_night.texts_so_far
            )
    ),

    candidates as (
        select fingerprints.page_id, sampled.page_id as other_page_id, any_value(fingerprints.night) as night
        from fingerprints
        inner join sampled on fingerprints.shingle = sampled.shingle
        where (sampled.night, sampled.page_id) < (fingerprints.night, fingerprints.page_id)
        group by fingerprints.page_id, sampled.page_id
        having count(*) > 1 or min(least(fingerprints.text_shingles, sampled.text_shingles)) < 32
    ),

    final as (
        select
            candidates.page_id,
            candidates.other_page_id,
            count(*) as shared_shingles,
            any_value(later.text_shingles) as text_shingles,
            any_value(earlier.text_shingles) as other_text_shingles,
            candidates.night
        from candidates
        inner join shingles as later on candidates.page_id = later.page_id
        inner join shingles as earlier on candidates.other_page_id = earlier.page_id and later.shingle = earlier.shingle
        group by candidates.page_id, candidates.other_page_id, candidates.night
        having count(*) >= {{ var("least_shared_shingles") }}
    )

select *
from final
