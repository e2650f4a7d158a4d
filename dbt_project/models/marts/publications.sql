-- One row per copy of an article that an outlet published: a URL of an outlet, or a
-- page that has no URL.
with
    publications as (select * from {{ ref("int_publications_identified") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    times as (select * from {{ ref("int_publications_timed") }}),

    articles as (select article_id from {{ ref("articles") }}),

    credits as (select * from {{ ref("int_credits_judged") }}),

    versions as (
        select
            pages.publication_id,
            max_by(pages.page_id, pages.version_no) as newest_page_id,
            count(*) as versions,
            max(documents.updated_at) as updated_at,
            min(documents.night) as first_night
        from pages
        inner join documents on pages.page_id = documents.page_id
        group by pages.publication_id
    ),

    final as (
        select
            publications.publication_id,
            publications.article_id,
            versions.newest_page_id as page_id,
            publications.outlet_id,
            coalesce(documents.canonical_url, documents.url) as url,
            documents.title,
            documents.agency,
            credits.credited_agency,
            credits.publication_credit as credit,
            documents.byline,
            documents.standfirst,
            documents.syndication_evidence,
            documents.dateline_place,
            documents.dateline_day,
            times.published_precision,
            times.published_source,
            case
                when times.published_at is not null
                then rank() over (partition by publications.article_id order by times.published_at asc nulls last)
            end as copy_order,
            documents.dateline_month,
            documents.dateline_day_of_month,
            versions.versions,
            times.published_confidence,
            publications.page_id = publications.reference_page_id as is_reference,
            bool_and(times.published_at is not null) over (partition by publications.article_id) as is_order_known,
            documents.agency is not null as has_credit,
            documents.has_syndication_notice,
            times.published_date,
            versions.first_night,
            times.published_at,
            versions.updated_at,
            documents.fetched_at
        from publications
        inner join articles on publications.article_id = articles.article_id
        inner join versions on publications.publication_id = versions.publication_id
        inner join documents on versions.newest_page_id = documents.page_id
        inner join credits on versions.newest_page_id = credits.page_id
        left join times on publications.publication_id = times.publication_id
    )

select *
from final
