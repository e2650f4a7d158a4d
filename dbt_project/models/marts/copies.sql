-- One row per accepted page against the reference of its article; the rows of kind
-- reference are the articles.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    measured as (select * from {{ ref("int_copies_measured") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    articles as (select article_id, title from {{ ref("articles") }}),

    credits as (select page_id, credit from {{ ref("int_credits_judged") }}),

    placed as (
        select pages.article_id, documents.dateline_place, count(*) as pages
        from pages
        inner join documents on pages.page_id = documents.page_id
        where documents.dateline_place is not null
        group by pages.article_id, documents.dateline_place
    ),

    -- The dateline that most pages carry: the fullest text may be one that lost it.
    datelines as (
        select article_id, dateline_place
        from placed
        qualify row_number() over (partition by article_id order by pages desc, dateline_place) = 1
    ),

    final as (
        select
            pages.page_id as copy_id,
            pages.publication_id,
            pages.article_id,
            pages.reference_page_id,
            case
                when pages.page_id = pages.reference_page_id
                then 'reference'
                when pages.page_id <> pages.publication_page_id
                then 'update'
                when measured.is_same_text
                then 'exact'
                when
                    measured.overlap_of_copy >= {{ var("excerpt_overlap_of_copy") }}
                    and measured.overlap_of_reference < {{ var("excerpt_overlap_of_reference") }}
                then 'excerpt'
                else 'near'
            end as kind,
            case
                when measured.is_same_text
                then 'exact'
                when
                    greatest(measured.overlap_of_copy, measured.overlap_of_reference)
                    >= {{ var("excerpt_overlap_of_copy") }}
                    and least(measured.overlap_of_copy, measured.overlap_of_reference)
                    < {{ var("excerpt_overlap_of_reference") }}
                then 'containment'
                else 'near'
            end as level,
            credits.credit,
            case
                when articles.title is null
                then 'none'
                when documents.title is null
                then 'missing'
                when {{ words_of("documents.title") }} = {{ words_of("articles.title") }}
                then 'kept'
                else 'changed'
            end as headline,
            case
                when datelines.dateline_place is null
                then 'none'
                when documents.dateline_place is null
                then 'stripped'
                when lower(documents.dateline_place) = lower(datelines.dateline_place)
                then 'kept'
                else 'changed'
            end as dateline,
            measured.overlap_of_copy,
            measured.overlap_of_reference,
            measured.words_added,
            measured.words_removed,
            measured.edit_similarity,
            pages.night
        from pages
        inner join measured on pages.page_id = measured.page_id
        inner join documents on pages.page_id = documents.page_id
        inner join credits on pages.page_id = credits.page_id
        inner join articles on pages.article_id = articles.article_id
        left join datelines on pages.article_id = datelines.article_id
    )

select *
from final
