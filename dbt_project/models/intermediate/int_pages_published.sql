-- One row per accepted page with its canonical URL and the publication it is a version of: a URL of an outlet. A URL
-- that serves another text every day (the weather, a leader) holds a publication each time: next to nothing of the
-- version before is left, and its day is another or, when a day is unknown, its headline.
with
    documents as (select * from {{ ref("stg_documents") }}),

    pages as (select page_id, fetched_at from {{ ref("int_pages_fated") }} where fate = 'accepted'),

    located as (select * from {{ ref("int_pages_located") }}),

    times as (select page_id, published_date from {{ ref("int_times_chosen") }}),

    shingles as (select page_id, shingles from {{ ref("stg_shingles") }}),

    addressed as (
        select
            documents.page_id,
            coalesce(located.own_url, documents.canonical_url) as known_url,
            coalesce(documents.outlet_id || ' ' || known_url, known_url, documents.page_id) as address,
            documents.title,
            documents.body_sha256,
            documents.night,
            pages.fetched_at
        from documents
        inner join pages on documents.page_id = pages.page_id
        left join located on documents.page_id = located.page_id
    ),

    revised as (select address from addressed group by address having count(distinct body_sha256) > 1),

    versions as (
        select addressed.*, times.published_date, shingles.shingles
        from addressed
        inner join shingles on addressed.page_id = shingles.page_id
        left join times on addressed.page_id = times.page_id
        where addressed.address in (select address from revised)
    ),

    compared as (
        select
            page_id,
            address,
            row_number() over met > 1
            and len(list_intersect(shingles, lag(shingles) over met))
            < {{ var("least_kept_share") }} * least(len(shingles), len(lag(shingles) over met))
            and coalesce(
                published_date <> lag(published_date) over met,
                {{ words_of("coalesce(title, '')") }} <> {{ words_of("coalesce(lag(title) over met, '')") }}
            ) as is_another,
            row_number() over met as version_no
        from versions
        window met as (partition by address order by night, fetched_at asc nulls last, page_id)
    ),

    -- The first of the pages of one text and its revisions, of all but the first text that the URL had.
    begun as (
        select
            page_id,
            last_value(case when is_another then page_id end ignore nulls) over (
                partition by address order by version_no
            ) as first_page_id
        from compared
    ),

    final as (
        select
            addressed.page_id,
            {{ digest_id("pub", "concat_ws(' ', addressed.address, begun.first_page_id)") }} as publication_id,
            addressed.known_url as canonical_url
        from addressed
        left join begun on addressed.page_id = begun.page_id
    )

select *
from final
