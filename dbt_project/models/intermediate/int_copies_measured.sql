-- One row per accepted page: how much of it stands in its article's reference and how
-- much of the reference in it.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    compared as (select * from {{ ref("int_page_pairs_compared") }}),

    final as (
        select
            pages.page_id,
            pages.text_page_id = reference_pages.text_page_id as is_same_text,
            case when is_same_text then 1.0 else coalesce(compared.overlap_of_page, 0) end::double as overlap_of_copy,
            case when is_same_text then 1.0 else coalesce(compared.overlap_of_other_page, 0) end::double
            as overlap_of_reference,
            coalesce(compared.words_added, 0) as words_added,
            coalesce(compared.words_removed, 0) as words_removed,
            coalesce(compared.edit_similarity, 1.0) as edit_similarity
        from pages
        inner join pages as reference_pages on pages.reference_page_id = reference_pages.page_id
        left join compared on pages.page_id = compared.page_id and pages.reference_page_id = compared.other_page_id
    )

select *
from final
