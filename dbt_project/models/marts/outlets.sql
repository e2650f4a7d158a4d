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

    hosts as (
        select outlet_id, regexp_extract(canonical_url, '^https://([^/:]+)', 1) as host, count(*) as pages
        from documents
        where outlet_id is not null and canonical_url is not null
        group by all
        union all
        select outlet_id, unnest(string_split(hosts, ' ')), null
        from declared
        where hosts <> ''
    ),

    hosted as (
        select
            outlet_id,
            max_by(host, (pages, host)) filter (where pages is not null) as commonest_host,
            string_agg(distinct host, ' ' order by host) as hosts
        from hosts
        group by outlet_id
    ),

    published as (
        select
            documents.outlet_id,
            min_by(
                documents.outlet_evidence, list_position(['given', 'host', 'site_name'], documents.outlet_evidence)
            ) as outlet_evidence,
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
            coalesce(nullif(split_part(declared.hosts, ' ', 1), ''), hosted.commonest_host) as host,
            hosted.hosts,
            if(declared.outlet_id is not null, 'declared', published.outlet_evidence) as known_by,
            declared.time_zone,
            declared.country,
            coalesce(published.pages, 0) as pages,
            coalesce(published.articles, 0) as articles,
            coalesce(published.publications, 0) as publications,
            round(published.removed_characters / nullif(published.characters, 0), 4) as boilerplate_share,
            round(published.agency_publications / nullif(published.publications, 0), 4) as credited_agency_share,
            published.first_night,
            published.last_night
        from declared
        full join published on declared.outlet_id = published.outlet_id
        left join hosted on coalesce(declared.outlet_id, published.outlet_id) = hosted.outlet_id
    )

select *
from final
