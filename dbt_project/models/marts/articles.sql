-- One row per distinct article text; every outlet's copy of it is a row of
-- `publications`. The text is the reference's: the fullest one found.
with
    completed as (select * from {{ ref("int_articles_completed") }}),

    graded as (select * from {{ ref("int_articles_graded") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    times as (select publication_id, published_at from {{ ref("int_publications_timed") }}),

    publications as (
        select
            pages.article_id,
            pages.publication_id,
            any_value(documents.outlet_id) as outlet_id,
            any_value(times.published_at) as published_at,
            count(*) as pages,
            min(documents.night) as first_night
        from pages
        inner join documents on pages.page_id = documents.page_id
        left join times on pages.publication_id = times.publication_id
        group by pages.article_id, pages.publication_id
    ),

    spread as (
        select
            article_id,
            -- An unknown outlet that was first stays null: the second is not the first.
            arg_min_null(outlet_id, (published_at, publication_id)) filter (
                where published_at is not null
            ) as first_outlet_id,
            count(*) as publications,
            sum(pages)::bigint as pages,
            count(distinct outlet_id) as outlets,
            bool_and(published_at is not null) as is_order_known,
            min(first_night) as first_night
        from publications
        group by article_id
    ),

    final as (
        select
            completed.article_id,
            completed.reference_page_id,
            spread.first_outlet_id,
            completed.agency,
            completed.agency_source,
            completed.agency_lender_id,
            documents.kind,
            completed.title,
            completed.title_source,
            completed.title_lender_id,
            coalesce(documents.standfirst, split_part(documents.body, chr(10) || chr(10), 1)) as lead,
            documents.body,
            documents.language,
            documents.other_language,
            documents.completeness,
            graded.grade,
            graded.grade_reasons,
            completed.published_precision,
            completed.published_source,
            completed.published_lender_id,
            documents.word_count,
            documents.language_confidence,
            documents.language_share,
            spread.publications,
            spread.pages - 1 as copies,
            spread.outlets,
            completed.published_confidence,
            spread.is_order_known,
            completed.published_date,
            spread.first_night,
            completed.published_at
        from completed
        inner join documents on completed.reference_page_id = documents.page_id
        inner join graded on completed.article_id = graded.article_id
        inner join spread on completed.article_id = spread.article_id
    )

select *
from final
