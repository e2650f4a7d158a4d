-- One row per page and page it is compared with, its reference or the version before
-- it: words added and removed.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    comparisons as (
        select page_id, reference_page_id as other_page_id
        from pages
        where page_id <> reference_page_id
        union
        select page_id, previous_page_id as other_page_id
        from pages
        where previous_page_id is not null
    ),

    needed as (
        select page_id
        from comparisons
        union
        select other_page_id
        from comparisons
    ),

    words as (
        select documents.page_id, unnest({{ words_of("documents.body") }}) as word
        from documents
        inner join needed on documents.page_id = needed.page_id
    ),

    counted as (select page_id, word, count(*) as times from words group by page_id, word),

    differences as (
        select comparisons.page_id, comparisons.other_page_id, counted.word, counted.times
        from comparisons
        inner join counted on comparisons.page_id = counted.page_id
        union all
        select comparisons.page_id, comparisons.other_page_id, counted.word, - counted.times
        from comparisons
        inner join counted on comparisons.other_page_id = counted.page_id
    ),

    balanced as (
        select page_id, other_page_id, word, sum(times) as times from differences group by page_id, other_page_id, word
    ),

    final as (
        select
            comparisons.page_id,
            comparisons.other_page_id,
            coalesce(sum(greatest(balanced.times, 0)), 0)::bigint as words_added,
            coalesce(sum(greatest(- balanced.times, 0)), 0)::bigint as words_removed
        from comparisons
        left join
            balanced on comparisons.page_id = balanced.page_id and comparisons.other_page_id = balanced.other_page_id
        group by comparisons.page_id, comparisons.other_page_id
    )

select *
from final
