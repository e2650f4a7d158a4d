-- One row per article and page that was its fullest text at the end of a night: a change
-- of reference is a row, and the article keeps its id.
with
    articles as (select article_id from {{ ref("articles") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    documents as (select page_id, word_count from {{ ref("int_documents_accepted") }}),

    times as (select publication_id, published_at from {{ ref("int_publications_timed") }}),

    ranked as (
        select
            pages.page_id,
            pages.article_id,
            pages.night,
            documents.word_count,
            row_number() over (
                partition by pages.article_id
                -- The reference of today is chosen elsewhere; before it was there, the fullest page led.
                order by
                    pages.page_id <> pages.reference_page_id,
                    documents.word_count desc,
                    times.published_at asc nulls last,
                    pages.page_id
            ) as page_rank
        from pages
        inner join articles on pages.article_id = articles.article_id
        inner join documents on pages.page_id = documents.page_id
        left join times on pages.publication_id = times.publication_id
    ),

    leading_by_night as (
        select distinct article_id, night, min(page_rank) over (partition by article_id order by night) as page_rank
        from ranked
    ),

    changes as (
        select *
        from leading_by_night
        qualify page_rank is distinct from lag(page_rank) over (partition by article_id order by night)
    ),

    final as (
        select
            {{ digest_id("ref", "changes.article_id || ' ' || ranked.page_id") }} as article_reference_id,
            changes.article_id,
            ranked.page_id as reference_page_id,
            lag(ranked.page_id) over (
                partition by changes.article_id order by changes.night
            ) as previous_reference_page_id,
            row_number() over (partition by changes.article_id order by changes.night) as reference_no,
            ranked.word_count,
            changes.night,
            lead(changes.night) over (partition by changes.article_id order by changes.night) as replaced_night
        from changes
        inner join ranked on changes.article_id = ranked.article_id and changes.page_rank = ranked.page_rank
    )

select *
from final
