-- One row per accepted page with its canonical URL, and of the pages of a URL that had several texts the version before
-- it that may be another text: its day is another or, when one is unknown, its headline.
with
    documents as (select * from {{ ref("stg_documents") }}),

    pages as (select page_id, fetched_at from {{ ref("int_pages_fated") }} where fate = 'accepted'),

    located as (select * from {{ ref("int_pages_located") }}),

    times as (select page_id, published_date from {{ ref("int_times_chosen") }}),

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
        select
            addressed.page_id,
            row_number() over met as version_no,
            lag(addressed.page_id) over met as previous_page_id,
            coalesce(
                times.published_date <> lag(times.published_date) over met,
                {{ words_of("coalesce(addressed.title, '')") }}
                <> {{ words_of("coalesce(lag(addressed.title) over met, '')") }}
            ) as is_told_otherwise
        from addressed
        left join times on addressed.page_id = times.page_id
        where addressed.address in (select address from revised)
        window
            met as (
                partition by addressed.address
                order by addressed.night, addressed.fetched_at asc nulls last, addressed.page_id
            )
    ),

    final as (
        select
            addressed.page_id,
            addressed.address,
            addressed.known_url as canonical_url,
            versions.version_no,
            case when versions.is_told_otherwise then versions.previous_page_id end as other_page_id
        from addressed
        left join versions on addressed.page_id = versions.page_id
    )

select *
from final
