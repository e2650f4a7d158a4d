-- One row per pair of distinct texts to compare in this run: they share fingerprints which
-- few texts up to that night have; `page_id` is the later one by night and id.
-- Of recent nights every fingerprint counts, of older ones the rare ones. A text that
-- has only frequent ones proposes by its least frequent.
-- depends_on: {{ ref("int_nights_digested") }}
{%- set first_night = first_changed_night("int_text_pairs_compared") %}

with
    fingerprints as (select * from {{ ref("int_texts_fingerprinted") }}),

    new_fingerprints as (select * from fingerprints where night >= {{ first_night }}),

    visible as (
        select *
        from fingerprints
        where night >= {{ first_night }} - {{ var("recent_nights") }}
        union all
        select *
        from fingerprints
        where is_rare and night < {{ first_night }} - {{ var("recent_nights") }}
    ),

    asked as (
        select *
        from visible
        {% if is_kept("int_text_pairs_compared") %}
            where fingerprint in (select fingerprint from new_fingerprints)
        {% endif %}
    ),

    repeated as (select fingerprint from asked group by fingerprint having count(*) > 1),

    met as materialized(select * from asked where fingerprint in (select fingerprint from repeated)),

    frequencies as (
        select
            fingerprint,
            night,
            sum(count(*)) over recent
            + sum(count(*) filter (where is_rare)) over so_far
            - sum(count(*) filter (where is_rare)) over recent as texts_with_it
        from met
        group by fingerprint, night
        window
            so_far as (partition by fingerprint order by night),
            recent as (
                partition by fingerprint
                order by night range between interval {{ var("recent_nights") }} days preceding and current row
            )
    ),

    texts_by_night as (
        select
            night,
            sum(count(*)) over (
                order by night range between interval {{ var("recent_nights") }} days preceding and current row
            ) as recent_texts
        from {{ ref("int_documents_accepted") }}
        where page_id = text_page_id
        group by night
    ),

    ranked as (
        select
            met.*,
            frequencies.texts_with_it,
            texts_by_night.recent_texts,
            row_number() over (partition by met.page_id order by frequencies.texts_with_it, met.fingerprint) as rank,
            count(*) over (partition by met.page_id) as repeated_fingerprints,
            -- About as many as it has: those that no other text has are not here.
            if(
                met.text_shingles < {{ var("short_text_shingles") }},
                met.text_shingles,
                met.text_shingles / {{ var("shingle_sample") }}
            ) as text_fingerprints
        from met
        inner join frequencies on met.fingerprint = frequencies.fingerprint and met.night = frequencies.night
        inner join texts_by_night on met.night = texts_by_night.night
        where met.night >= {{ first_night }} and frequencies.texts_with_it > 1
    ),

    telling as (
        select *
        from ranked
        where
            texts_with_it <= {{ var("frequent_shingle_texts") }}
            or (
                texts_with_it <= {{ var("frequent_shingle_share") }} * recent_texts
                and texts_with_it <= {{ var("most_shingle_texts") }}
                and rank + greatest(text_fingerprints - repeated_fingerprints, 0) <= {{ var("least_fingerprints") }}
            )
    ),

    final as (
        select telling.page_id, met.page_id as other_page_id, any_value(telling.night) as night
        from telling
        inner join met on telling.fingerprint = met.fingerprint
        where
            (met.night, met.page_id) < (telling.night, telling.page_id)
            and (met.is_rare or met.night >= telling.night - {{ var("recent_nights") }})
        group by telling.page_id, met.page_id
        having
            count(*) >= case
                when min(least(telling.text_shingles, met.text_shingles)) < {{ var("tiny_text_shingles") }}
                then 1
                when min(least(telling.text_shingles, met.text_shingles)) < {{ var("long_text_shingles") }}
                then 2
                else
                    greatest(
                        3,
                        {{ var("least_shared_share") }}
                        * min(least(telling.text_shingles, met.text_shingles))
                        / {{ var("shingle_sample") }}
                    )
            end
    )

select *
from final
