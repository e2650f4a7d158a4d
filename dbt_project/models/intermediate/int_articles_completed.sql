-- One row per article: what its reference says of itself and, where it is silent, what a proven copy lends, marked so
-- and with the page that lent it. Its time is the earliest that its publications give, when the reference's own gives
-- one. Else copies lend the earliest day, never the minute, and none at all when they are reprints of each other.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    donors as (
        select
            donors.*,
            documents.title,
            documents.agency,
            documents.published_at,
            documents.night,
            count(distinct donors.publication_id) over (
                partition by donors.article_id, lower(documents.title)
            ) as publications_of_title,
            count(distinct donors.publication_id) over (
                partition by donors.article_id, documents.agency
            ) as publications_of_agency
        from {{ ref("int_donors_admitted") }} as donors
        inner join documents on donors.page_id = documents.page_id
    ),

    headlines as (
        select
            donors.*,
            -- A headline speaks of what its text does; "Politics" and "Sign in to read" do not. Beginnings of words are
            -- looked for, which keep through most endings; scripts without spaces cannot be asked.
            coalesce(
                list_avg(
                    [
                        contains(lower(reference_documents.body), left(word, 5))::integer
                        for word in regexp_extract_all(lower(donors.title), '[\p{L}\p{N}]{4,}')
                    ]
                ),
                0
            )
            >= {{ var("lent_title_words") }}
            and contains(donors.title, ' ') as is_of_its_text
        from donors
        inner join pages on donors.page_id = pages.page_id
        inner join documents as reference_documents on pages.reference_page_id = reference_documents.page_id
        where donors.is_same_text and donors.title is not null
    ),

    titles as (
        select article_id, page_id, title
        from headlines
        where is_of_its_text or regexp_matches(title, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]')
        qualify
            row_number() over (
                partition by article_id
                order by
                    is_own_publication desc,
                    publications_of_title desc,
                    overlap desc,
                    published_at asc nulls last,
                    night,
                    page_id
            )
            = 1
    ),

    agencies as (
        select article_id, page_id, agency
        from donors
        where agency is not null
        qualify
            row_number() over (
                partition by article_id order by publications_of_agency desc, overlap_of_copy desc, night, page_id
            )
            = 1
            -- Two agencies with as many witnesses: neither is proven.
            and count(distinct agency) over (partition by article_id, publications_of_agency) = 1
    ),

    dated as (
        select
            publications.article_id,
            publications.page_id = publications.reference_page_id as is_reference,
            donors.overlap,
            publication_times.*,
            not is_reference and published_date is not null and donors.overlap is not null as is_donor
        from {{ ref("int_publications_identified") }} as publications
        inner join
            {{ ref("int_publications_timed") }} as publication_times
            on publications.publication_id = publication_times.publication_id
        left join donors on publications.page_id = donors.page_id and donors.is_same_text
    ),

    choices as (
        select
            *,
            case
                when bool_or(is_reference and published_date is not null) over (partition by article_id)
                then 1
                when
                    is_donor
                    and max(published_date) filter (where is_donor) over (partition by article_id)
                    - min(published_date) filter (where is_donor) over (partition by article_id)
                    <= {{ var("lent_days") }}
                then 2
                -- It may give a month.
                when is_reference
                then 3
            end as preference
        from dated
    ),

    times as (
        select *, preference = 2 as is_lent
        from choices
        where preference is not null
        qualify
            row_number() over (
                partition by article_id
                order by
                    preference,
                    published_date asc nulls last,
                    published_at asc nulls last,
                    is_reference desc,
                    publication_id
            )
            = 1
    ),

    final as (
        select
            pages.article_id,
            documents.page_id as reference_page_id,
            coalesce(documents.title, titles.title) as title,
            if(
                documents.title is null and titles.title is not null, 'inherited', documents.title_source
            ) as title_source,
            if(documents.title is null, titles.page_id, null) as title_lender_id,
            coalesce(documents.agency, agencies.agency) as agency,
            case
                when documents.agency is not null then 'own' when agencies.agency is not null then 'inherited'
            end as agency_source,
            if(documents.agency is null, agencies.page_id, null) as agency_lender_id,
            if(times.is_lent, 'day', times.published_precision) as published_precision,
            if(times.is_lent, 'inherited', times.published_source) as published_source,
            if(times.is_lent, times.page_id, null) as published_lender_id,
            if(
                times.is_lent, round(times.published_confidence * times.overlap, 4), times.published_confidence
            ) as published_confidence,
            times.published_date,
            if(times.is_lent, null, times.published_at) as published_at
        from documents
        inner join pages on documents.page_id = pages.page_id and documents.page_id = pages.reference_page_id
        left join titles on pages.article_id = titles.article_id
        left join times on pages.article_id = times.article_id
        left join agencies on pages.article_id = agencies.article_id
    )

select *
from final
