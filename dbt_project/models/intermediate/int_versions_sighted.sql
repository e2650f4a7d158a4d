-- One row per version of a publication as the nights met it: its accepted pages, and pages that were
-- seen before and came back after another text had stood in their place. With the accepted pages that
-- hold its text and the one before it.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    fates as (select * from {{ ref("int_pages_fated") }}),

    -- Most publications have one text, however often they are met.
    revised as (select publication_id from pages group by publication_id having count(*) > 1),

    sightings as (
        select
            fates.page_id,
            pages.page_id as shown_page_id,
            pages.publication_id,
            fates.page_id <> pages.page_id as is_seen,
            fates.night,
            fates.fetched_at
        from fates
        inner join pages on coalesce(fates.seen_page_id, fates.page_id) = pages.page_id
        where pages.publication_id in (select publication_id from revised)
    ),

    -- Two texts of one night come in no certain order unless all say when they were fetched.
    ordered as (
        select *
        from sightings
        window a_night as (partition by publication_id, night)
        qualify
            not is_seen
            or min(shown_page_id) over a_night = max(shown_page_id) over a_night
            or bool_and(fetched_at is not null) over a_night
    ),

    followed as (
        select *, lag(shown_page_id) over met as shown_before
        from ordered
        window met as (partition by publication_id order by night, fetched_at asc nulls last, page_id)
    ),

    returns as (select * from followed where is_seen and shown_page_id <> shown_before),

    versions as (
        select pages.page_id, pages.page_id as shown_page_id, pages.publication_id, fates.night, fates.fetched_at
        from pages
        inner join fates on pages.page_id = fates.page_id
        union all
        select page_id, shown_page_id, publication_id, night, fetched_at
        from returns
    ),

    final as (
        select
            page_id,
            shown_page_id,
            publication_id,
            lag(page_id) over met as previous_version_id,
            lag(shown_page_id) over met as previous_shown_page_id,
            row_number() over met as version_no,
            night
        from versions
        window met as (partition by publication_id order by night, fetched_at asc nulls last, page_id)
    )

select *
from final
