-- One row per article: what its reference says of itself and, where it is silent,
-- what a proven copy says, marked so.
-- A copy lends its day, never its minute.
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

    days as (
        select article_id, published_date, published_confidence
        from members
        where published_date is not null
        qualify row_number() over (partition by article_id order by published_date, night, page_id) = 1
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
            case
                when members.published_date is not null or days.published_date is null
                then members.published_precision
                else 'day'
            end as published_precision,
            case
                when members.published_date is not null or days.published_date is null
                then members.published_source
                else 'inherited'
            end as published_source,
            case
                when members.published_date is not null or days.published_date is null
                then members.published_confidence
                else days.published_confidence
            end as published_confidence,
            coalesce(members.published_date, days.published_date) as published_date,
            members.published_at
        from members
        left join titles on members.article_id = titles.article_id
        left join days on members.article_id = days.article_id
        left join agencies on members.article_id = agencies.article_id
        where members.page_id = members.reference_page_id
    )

select *
from final
