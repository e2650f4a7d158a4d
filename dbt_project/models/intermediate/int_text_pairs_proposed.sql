-- One row per pair of distinct texts to compare in this run: they share fingerprints which
-- few texts up to that night have; `page_id` is the later one by night and id.
-- Of recent nights every fingerprint counts, of older ones the rare ones. A text that
-- has only frequent ones proposes by its least frequent.
-- depends_on: {{ ref("int_nights_digested") }}
{%- set is_added = is_kept("int_text_pairs_compared") %}
{%- set first_night = first_changed_night("int_text_pairs_compared") %}
{%- set day = "text_number >> 32" %}  {#- of its night: so int_texts_given_fingerprints numbers texts #}
{#- About as many as it has. #}
{%- set text_fingerprints -%}
    if(text_shingles < {{ var("short_text_shingles") }}, text_shingles, text_shingles / {{ var("shingle_sample") }})
{%- endset %}
{%- set shorter = "min(least(telling.text_shingles, met.text_shingles))" %}

with
    -- Who asks is told once a text: nights compared with a subquery later would be those of millions of fingerprints.
    texts as not materialized(
        select *, night >= {{ first_night }} as is_asking from {{ ref("int_texts_given_fingerprints") }}
    ),

    visible as not materialized(
        select unnest(rare_fingerprints) as fingerprint, text_number, text_shingles, true as is_rare, is_asking
        from texts
        union all
        select unnest(other_fingerprints) as fingerprint, text_number, text_shingles, false as is_rare, is_asking
        from texts
        where night >= {{ first_night }} - {{ var("recent_nights") }}
    ),

    asked as {% if is_added %} materialized
    {% else %} not materialized
    {% endif %}(
        select *
        from visible
        {% if is_added %}
            where fingerprint in (select unnest(rare_fingerprints || other_fingerprints) from texts where is_asking)
        {% endif %}
    ),

    repeated as (select fingerprint, count(*) as texts from asked group by fingerprint having count(*) > 1),

    asking as materialized(
        select distinct
            asked.*, asked.{{ day }} as day, repeated.texts > {{ var("frequent_shingle_texts") }} as may_be_frequent
        from asked
        inner join repeated on asked.fingerprint = repeated.fingerprint
        where asked.is_asking
    ),

    -- Only a text with hardly any other fingerprints can propose by frequent ones.
    wordy as (
        select text_number
        from asking
        group by text_number
        having
            count(*) filter (where may_be_frequent)
            > any_value({{ text_fingerprints }}) - {{ var("least_fingerprints") }}
    ),

    weighed as (
        select distinct fingerprint from asking where may_be_frequent or text_number in (select text_number from wordy)
    ),

    -- A shingle that stands twice in a text counts twice: telling that apart costs a fifth of a night.
    frequencies as (
        select
            fingerprint,
            {{ day }} as day,
            sum(count(*)) over recent
            + sum(count(*) filter (where is_rare)) over so_far
            - sum(count(*) filter (where is_rare)) over recent as texts_with_it
        from asked
        where fingerprint in (select fingerprint from weighed)
        group by fingerprint, {{ day }}
        window
            so_far as (partition by fingerprint order by {{ day }}),
            recent as (
                partition by fingerprint
                order by {{ day }} range between {{ var("recent_nights") }} preceding and current row
            )
    ),

    texts_by_day as (
        select
            {{ day }} as day,
            sum(count(*)) over (
                order by {{ day }} range between {{ var("recent_nights") }} preceding and current row
            ) as recent_texts
        from {{ ref("int_texts_given_fingerprints") }}
        group by {{ day }}
    ),

    ranked as (
        select
            asking.*,
            frequencies.texts_with_it,
            texts_by_day.recent_texts,
            row_number() over (
                partition by asking.text_number order by frequencies.texts_with_it, asking.fingerprint
            ) as rank,
            count(*) over (partition by asking.text_number) as repeated_fingerprints,
            {{ text_fingerprints }} as text_fingerprints
        from asking
        inner join frequencies on asking.fingerprint = frequencies.fingerprint and asking.day = frequencies.day
        inner join texts_by_day on asking.day = texts_by_day.day
        where frequencies.texts_with_it > 1
    ),

    telling as (
        select fingerprint, text_number, text_shingles
        from asking
        where not may_be_frequent
        union all
        select fingerprint, text_number, text_shingles
        from ranked
        where
            may_be_frequent
            and (
                texts_with_it <= {{ var("frequent_shingle_texts") }}
                or (
                    texts_with_it <= {{ var("frequent_shingle_share") }} * recent_texts
                    and texts_with_it <= {{ var("most_shingle_texts") }}
                    and rank + greatest(text_fingerprints - repeated_fingerprints, 0) <= {{ var("least_fingerprints") }}
                )
            )
    ),

    {# Those that may be met: when all nights ask, those that ask. #}
    sharing as (
        select telling.text_number, met.text_number as other_text_number
        from telling
        inner join {{ "asked" if is_added else "asking" }} as met on telling.fingerprint = met.fingerprint
        where
            met.text_number < telling.text_number
            and (met.is_rare or (met.{{ day }}) >= (telling.{{ day }}) - {{ var("recent_nights") }})
        group by telling.text_number, met.text_number
        having
            count(distinct telling.fingerprint) >= case
                when {{ shorter }} < {{ var("tiny_text_shingles") }}
                then 1
                when {{ shorter }} < {{ var("long_text_shingles") }}
                then 2
                -- Of older texts a quarter of the fingerprints is met.
                when (met.{{ day }}) < (telling.{{ day }}) - {{ var("recent_nights") }}
                then greatest(2, {{ var("least_shared_share") }} * {{ shorter }} / {{ var("rare_shingle_sample") }})
                else greatest(3, {{ var("least_shared_share") }} * {{ shorter }} / {{ var("shingle_sample") }})
            end
    ),

    final as (
        select texts.page_id, others.page_id as other_page_id, texts.night
        from sharing
        inner join texts on sharing.text_number = texts.text_number
        inner join texts as others on sharing.other_text_number = others.text_number
    )

select *
from final
