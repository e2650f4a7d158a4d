-- One row per article with its day, when one is known, the day of which its first words tell, how long
-- its text is, and the latest year that speaks of, which an article without a day cannot be older than
-- by more than a year. Articles that did not change are kept.
-- depends_on: {{ ref("int_articles_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_articles('article_id') }}",
    )
}}

with
    changed as ({{ changed_articles() }}),

    articles as (
        select article_id, reference_page_id, published_date
        from {{ ref("int_articles_completed") }}
        where article_id in (select article_id from changed)
    ),

    documents as (
        select page_id, body, word_count
        from {{ ref("int_documents_accepted") }}
        where page_id in (select reference_page_id from articles)
    ),

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
