-- One row per version and sentence that it has beyond the version before it, or lacks.
with
    versions as (select * from {{ ref("int_versions_sighted") }}),

    sentences as (select * from {{ ref("int_version_sentences_changed") }}),

    published as (select version_id, article_id from {{ ref("article_versions") }}),

    final as (
        select
            {{
                digest_id(
                    "vc",
                    "versions.page_id || ' ' || sentences.change || ' ' || sentences.sentence_no",
                )
            }} as version_change_id,
            versions.page_id as version_id,
            versions.publication_id,
            published.article_id,
            sentences.change,
            sentences.sentence_no,
            sentences.text,
            sentences.is_recleaned,
            versions.night
        from versions
        inner join published on versions.page_id = published.version_id
        inner join
            sentences
            on versions.shown_page_id = sentences.page_id
            and versions.previous_shown_page_id = sentences.other_page_id
    )

select *
from final
