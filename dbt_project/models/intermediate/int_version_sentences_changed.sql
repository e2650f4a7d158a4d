-- One row per sentence that one text of a publication has and the one shown before or after it has
-- not. What stands in the other page all the same, among what was cut from it, was changed by the
-- reading and not by the outlet. Pairs of pages that did not change are kept.
-- depends_on: {{ ref("int_nights_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_changed_versions() }}",
    )
}}

with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    pairs as (
        select distinct
            versions.shown_page_id as page_id,
            versions.previous_shown_page_id as other_page_id,
            greatest(documents.night, others.night) as night
        from {{ ref("int_versions_sighted") }} as versions
        inner join documents on versions.shown_page_id = documents.page_id
        inner join documents as others on versions.previous_shown_page_id = others.page_id
        where
            (documents.body_sha256 <> others.body_sha256 or documents.standfirst is distinct from others.standfirst)
            and (versions.shown_page_id, versions.previous_shown_page_id) not in ({{ noted_version_pairs() }})
    ),

    needed as (
        select page_id, night, body from documents where page_id in (select unnest([page_id, other_page_id]) from pairs)
    ),

    texts as (
        select
            page_id,
            list_transform(
                regexp_extract_all(body, '[^.!?。！？\n]+[.!?。！？]*[”"’»)]*'), lambda sentence:trim(sentence)
            ) as sentences
        from needed
    ),

    split as (
        select page_id, unnest(range(1, len(sentences) + 1)) as sentence_no, unnest(sentences) as text from texts
    ),

    sentences as (
        select page_id, sentence_no, text, array_to_string({{ words_of("text") }}, ' ') as words
        from split
        where words <> ''
    ),

    cut as (
        select
            spans.page_id,
            array_to_string({{ words_of("string_agg(spans.text, ' ' order by spans.span_no)") }}, ' ') as words
        from {{ ref("stg_spans") }} as spans
        inner join needed on spans.page_id = needed.page_id and spans.night = needed.night
        where not spans.is_kept
        group by spans.page_id
    ),

    compared as (
        select
            page_id, other_page_id, night, page_id as own_page_id, other_page_id as lacking_page_id, 'added' as change
        from pairs
        union all
        select page_id, other_page_id, night, other_page_id, page_id, 'removed'
        from pairs
    ),

    final as (
        select
            compared.page_id,
            compared.other_page_id,
            compared.change,
            sentences.sentence_no,
            sentences.text,
            coalesce(contains(' ' || cut.words || ' ', ' ' || sentences.words || ' '), false) as is_recleaned,
            compared.night
        from compared
        inner join sentences on compared.own_page_id = sentences.page_id
        anti join sentences as others on compared.lacking_page_id = others.page_id and sentences.words = others.words
        left join cut on compared.lacking_page_id = cut.page_id
    )

select *
from final
