-- One row per distinct text and fingerprint of it: the sampled ones of its
-- shingles, all of them when it is short. Rare ones find a text however old it is.
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

    fingerprints as (
        select
            documents.page_id,
            unnest(
                list_distinct(
                    case
                        when len(shingles.shingles) < {{ var("short_text_shingles") }}
                        then shingles.shingles
                        else list_filter(shingles.shingles, lambda shingle:shingle % {{ var("shingle_sample") }} = 0)
                    end
                )
            ) as fingerprint,
            len(shingles.shingles) as text_shingles,
            documents.night
        from documents
        inner join shingles on documents.page_id = shingles.page_id
        where documents.page_id = documents.text_page_id
    ),

    final as (
        select
            *,
            fingerprint % {{ var("rare_shingle_sample") }} = 0
            or (text_shingles < {{ var("short_text_shingles") }} and fingerprint % {{ var("shingle_sample") }} = 0)
            or text_shingles < {{ var("tiny_text_shingles") }} as is_rare
        from fingerprints
        -- What is not asked for is not read.
        order by night, is_rare
    )

select *
from final
