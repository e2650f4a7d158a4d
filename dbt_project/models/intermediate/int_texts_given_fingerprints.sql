-- One row per distinct text with its fingerprints: the sampled ones of its shingles, all
-- of them when it is short, with those that a shingle repeats. Rare ones find a text
-- however old it is.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_nights() }}",
    )
}}

with
    documents as (select * from {{ ref("int_documents_accepted") }} where night >= {{ first_changed_night() }}),

    shingles as (select * from {{ ref("stg_shingles") }} where night >= {{ first_changed_night() }}),

    -- Numbers in the order of nights and ids, the same whatever was loaded first: they are joined and compared
    -- many times, at a fraction of what ids cost.
    numbered as (
        select
            (date_diff('day', date '1970-01-01', night) << 32)
            + row_number() over (partition by night order by page_id) as text_number,
            page_id
        from documents
        where page_id = text_page_id
    ),

    sampled as (
        select
            numbered.text_number,
            shingles.page_id,
            case
                when len(shingles.shingles) < {{ var("short_text_shingles") }}
                then shingles.shingles
                else list_filter(shingles.shingles, lambda shingle:shingle % {{ var("shingle_sample") }} = 0)
            end as fingerprints,
            len(shingles.shingles) as text_shingles,
            shingles.night
        from numbered
        inner join shingles on numbered.page_id = shingles.page_id
    ),

    -- Two columns, so that what is not asked for is not read.
    final as (
        select
            text_number,
            page_id,
            case
                when text_shingles < {{ var("tiny_text_shingles") }}
                then fingerprints
                when text_shingles < {{ var("short_text_shingles") }}
                then list_filter(fingerprints, lambda fingerprint:fingerprint % {{ var("shingle_sample") }} = 0)
                else list_filter(fingerprints, lambda fingerprint:fingerprint % {{ var("rare_shingle_sample") }} = 0)
            end as rare_fingerprints,
            case
                when text_shingles < {{ var("tiny_text_shingles") }}
                then []
                when text_shingles < {{ var("short_text_shingles") }}
                then list_filter(fingerprints, lambda fingerprint:fingerprint % {{ var("shingle_sample") }} <> 0)
                else list_filter(fingerprints, lambda fingerprint:fingerprint % {{ var("rare_shingle_sample") }} <> 0)
            end as other_fingerprints,
            text_shingles,
            night
        from sampled
    )

select *
from final
