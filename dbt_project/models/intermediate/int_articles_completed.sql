-- One row per article: what its reference says of itself and, where it is silent, what a proven copy says, marked so.
-- Its time is the earliest that its publications give. Where the reference's own gives none, a copy lends its day,
-- never its minute.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    pages as (select * from {{ ref("int_pages_identified") }}),

    members as (
        select pages.article_id, pages.reference_page_id, documents.*
        from pages
        inner join documents on pages.page_id = documents.page_id
    ),

    titles as (
        select article_id, title
        from members
        where title is not null
        qualify row_number() over (partition by article_id order by published_at asc nulls last, night, page_id) = 1
    ),

    publications as (
        select article_id, publication_id, page_id = reference_page_id as is_reference
        from {{ ref("int_publications_identified") }}
    ),

    times as (
        select
            publications.article_id,
            publications.is_reference,
            publication_times.*,
            bool_or(publications.is_reference and publication_times.published_date is not null) over (
                partition by publications.article_id
            ) as is_own
        from publications
        inner join
            {{ ref("int_publications_timed") }} as publication_times
            on publications.publication_id = publication_times.publication_id
    ),

    earliest as (
        select *, not is_own and published_date is not null as is_lent
        from times
        qualify
            row_number() over (
                partition by article_id
                order by published_date asc nulls last, published_at asc nulls last, is_reference desc, publication_id
            )
            = 1
    ),

    agencies as (
        select article_id, agency
        from members
        where agency is not null
        group by article_id, agency
        qualify row_number() over (partition by article_id order by count(*) desc, agency) = 1
    ),

    final as (
        select
            members.article_id,
            members.page_id as reference_page_id,
            coalesce(members.title, titles.title) as title,
            case
                when members.title is null and titles.title is not null then 'inherited' else members.title_source
            end as title_source,
            coalesce(members.agency, agencies.agency) as agency,
            case
                when members.agency is not null then 'own' when agencies.agency is not null then 'inherited'
            end as agency_source,
            if(earliest.is_lent, 'day', earliest.published_precision) as published_precision,
            if(earliest.is_lent, 'inherited', earliest.published_source) as published_source,
            earliest.published_confidence,
            earliest.published_date,
            if(earliest.is_lent, null, earliest.published_at) as published_at
        from members
        left join titles on members.article_id = titles.article_id
        left join earliest on members.article_id = earliest.article_id
        left join agencies on members.article_id = agencies.article_id
        where members.page_id = members.reference_page_id
    )

select *
from final
