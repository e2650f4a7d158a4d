-- One row per publication, role and URL that its pages were known by.
with
    urls as (select * from {{ ref("stg_page_urls") }}),

    pages as (select page_id, publication_id from {{ ref("int_pages_identified") }}),

    publications as (select publication_id, url from {{ ref("publications") }}),

    final as (
        select
            {{ digest_id("l", "publications.publication_id || ' ' || urls.role || ' ' || urls.url") }} as url_id,
            publications.publication_id,
            urls.role,
            urls.url,
            -- As the latest night reads it: outlets may be declared later.
            arg_max_null(urls.normal_url, (urls.night, urls.page_id)) as normal_url,
            arg_max_null(urls.host_outlet_id, (urls.night, urls.page_id)) as host_outlet_id,
            count(*) as pages,
            arg_max_null(urls.normal_url, (urls.night, urls.page_id))
            is not distinct from any_value(publications.url) as is_own,
            min(urls.night) as first_night,
            max(urls.night) as last_night
        from urls
        inner join pages on urls.page_id = pages.page_id
        inner join publications on pages.publication_id = publications.publication_id
        group by publications.publication_id, urls.role, urls.url
    )

select *
from final
