-- One row per article with a digest of all that its scores depend on: its reference with outlet and day, the night that
-- brought the reference, and the nights up to its first.
with
    articles as (select article_id, reference_page_id, published_date from {{ ref("int_articles_completed") }}),

    identified as (select distinct article_id, first_night from {{ ref("int_publications_identified") }}),

    documents as (select page_id, outlet_id, night from {{ ref("int_documents_accepted") }}),

    nights as (select * from {{ ref("int_nights_digested") }}),

    -- A running sum tells histories apart as well as their whole text would, and costs a night one addition.
    histories as (
        select
            night,
            digest,
            sum(md5_number_lower(concat_ws(' ', night, digest))::hugeint) over (order by night) as history
        from nights
    ),

    final as (
        select
            articles.article_id,
            md5(
                concat_ws(
                    ' ',
                    histories.history,
                    reference_nights.digest,
                    articles.reference_page_id,
                    articles.published_date,
                    coalesce(documents.outlet_id, '-'),
                    '{{ story_settings() }}'
                )
            ) as digest
        from articles
        inner join identified on articles.article_id = identified.article_id
        inner join documents on articles.reference_page_id = documents.page_id
        inner join histories on identified.first_night = histories.night
        inner join histories as reference_nights on documents.night = reference_nights.night
    )

select *
from final
