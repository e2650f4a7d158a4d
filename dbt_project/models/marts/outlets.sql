-- One row per outlet that was declared or that published an accepted page.
with
    declared as (select * from {{ ref("stg_outlets") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    spans as (select * from {{ ref("stg_spans") }}),

    texts as (
        select
            page_id,
            sum(end_offset - start_offset) as characters,
            sum(end_offset - start_offset) filter (where not is_kept) as removed_characters
        from spans
        group by page_id
    ),

    published as (
        select
            documents.outlet_id,
            count(*) as pages,
            count(distinct pages.publication_id) as publications,
            count(distinct pages.article_id) as articles,
            count(distinct pages.publication_id) filter (where documents.agency is not null) as agency_publications,
            sum(texts.characters) as characters,
            sum(texts.removed_characters) as removed_characters,
            min(documents.night) as first_night,
            max(documents.night) as last_night
        from documents
        inner join pages on documents.page_id = pages.page_id
        left join texts on documents.page_id = texts.page_id
        where documents.outlet_id is not null
        group by documents.outlet_id
    ),

    final as (
        select
            coalesce(declared.outlet_id, published.outlet_id) as outlet_id,
            coalesce(declared.outlet_name, published.outlet_id) as outlet_name,
            split_part(declared.hosts, ' ', 1) as host,
            declared.time_zone,
            declared.country,
            coalesce(published.pages, 0) as pages,
            coalesce(published.articles, 0) as articles,
            coalesce(published.publications, 0) as publications,
            round(published.removed_characters / nullif(published.characters, 0), 4) as boilerplate_share,
            round(published.agency_publications / nullif(published.publications, 0), 4) as agency_share,
            published.first_night,
            published.last_night
        from declared
        full join published on declared.outlet_id = published.outlet_id
    )

select *
from final
