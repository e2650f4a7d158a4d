-- One row per article with its day, when one is known, how long its text is, and the latest year that speaks of, which
-- an article without a day cannot be older than by more than a year.
with
    articles as (select * from {{ ref("int_articles_completed") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    identified as (select distinct article_id, first_night from {{ ref("int_publications_identified") }}),

    final as (
        select
            articles.article_id,
            articles.reference_page_id,
            list_max(regexp_extract_all(documents.body, '\b(?:19[5-9][0-9]|20[0-4][0-9])\b'))::integer
            as latest_year_mentioned,
            documents.word_count,
            identified.first_night,
            articles.published_date
        from articles
        inner join documents on articles.reference_page_id = documents.page_id
        inner join identified on articles.article_id = identified.article_id
    )

select *
from final
