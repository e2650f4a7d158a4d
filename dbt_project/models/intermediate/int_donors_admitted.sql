-- One row per page that may lend the reference of its article what that is silent about, with how much of the two is
-- the same text: all that a page says when it carries the same text, only the agency when it is any other copy.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    measured as (select * from {{ ref("int_copies_measured") }}),

    reference_pages as (select page_id as reference_page_id, publication_id as reference_publication_id from pages),

    compared as (
        select
            pages.article_id,
            pages.page_id,
            pages.publication_id,
            pages.publication_id = reference_pages.reference_publication_id as is_own_publication,
            pages.page_id = pages.publication_page_id as is_copy,
            measured.overlap_of_copy,
            least(measured.overlap_of_copy, measured.overlap_of_reference) as overlap
        from pages
        inner join reference_pages on pages.reference_page_id = reference_pages.reference_page_id
        inner join measured on pages.page_id = measured.page_id
        where pages.page_id <> pages.reference_page_id
    ),

    final as (
        select
            article_id,
            page_id,
            publication_id,
            is_own_publication,
            overlap >= {{ var("lent_overlap") }} as is_same_text,
            overlap_of_copy,
            overlap
        from compared
        -- Another version of a publication may be another text under its address; a copy was recognised as one.
        where is_copy or overlap >= {{ var("lent_overlap") }} or overlap_of_copy >= {{ var("excerpt_overlap_of_copy") }}
    )

select *
from final
