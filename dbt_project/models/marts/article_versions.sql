-- One row per version of a publication, in the order the nights met them: its accepted pages, and the
-- return of an earlier text. What changed is told by the words of headline, standfirst and body, and
-- by what the page still shows.
with
    versions as (select * from {{ ref("int_versions_sighted") }}),

    pages as (select page_id, article_id from {{ ref("int_pages_identified") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    words as (select * from {{ ref("int_page_pairs_compared") }}),

    publications as (select publication_id from {{ ref("publications") }}),

    sentences as (
        select page_id, other_page_id, bool_and(is_recleaned) as is_recleaned
        from {{ ref("int_version_sentences_changed") }}
        group by page_id, other_page_id
    ),

    compared as (
        select
            versions.*,
            pages.article_id,
            documents.title,
            documents.published_at,
            documents.updated_at,
            -- Of a text that came back, the other direction was counted.
            if(versions.previous_version_id is null, 0, coalesce(words.words_added, back.words_removed)) as words_added,
            if(
                versions.previous_version_id is null, 0, coalesce(words.words_removed, back.words_added)
            ) as words_removed,
            documents.body_sha256 <> previous.body_sha256 as is_body_changed,
            {{ words_of("coalesce(documents.title, '')") }}
            <> {{ words_of("coalesce(previous.title, '')") }} as is_headline_changed,
            documents.standfirst is distinct from previous.standfirst as is_standfirst_changed,
            -- No sentence at all when only what it was taken for changed.
            coalesce(sentences.is_recleaned, true) as is_recleaned,
            documents.updated_at is not null
            and documents.updated_at is distinct from previous.updated_at as is_announced
        from versions
        inner join publications on versions.publication_id = publications.publication_id
        inner join documents on versions.shown_page_id = documents.page_id
        inner join pages on versions.shown_page_id = pages.page_id
        left join documents as previous on versions.previous_shown_page_id = previous.page_id
        left join
            words on versions.shown_page_id = words.page_id and versions.previous_shown_page_id = words.other_page_id
        left join
            words as back
            on versions.shown_page_id = back.other_page_id
            and versions.previous_shown_page_id = back.page_id
        left join
            sentences
            on versions.shown_page_id = sentences.page_id
            and versions.previous_shown_page_id = sentences.other_page_id
    ),

    final as (
        select
            page_id as version_id,
            publication_id,
            article_id,
            previous_version_id,
            shown_page_id,
            title,
            case
                when previous_version_id is null
                then null
                when not is_body_changed and not is_headline_changed and not is_standfirst_changed
                then 'none'
                when (is_body_changed or is_standfirst_changed) and not is_headline_changed and is_recleaned
                then 'recleaned'
                when not is_body_changed and not is_standfirst_changed
                then 'headline_only'
                when not is_body_changed and not is_headline_changed
                then 'standfirst_only'
                when is_announced
                then 'announced'
                else 'silent'
            end as change,
            version_no,
            words_added::bigint as words_added,
            words_removed::bigint as words_removed,
            page_id <> shown_page_id as is_return,
            night,
            published_at,
            updated_at
        from compared
    )

select *
from final
