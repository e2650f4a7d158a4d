-- One row per accepted page: how much of it stands in its article's reference and how
-- much of the reference in it.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    words as (select * from {{ ref("int_page_words_compared") }}),

    texts as (
        select
            pages.page_id,
            pages.text_page_id,
            reference_pages.text_page_id as reference_text_page_id,
            pages.reference_page_id
        from pages
        inner join pages as reference_pages on pages.reference_page_id = reference_pages.page_id
    ),

    compared as (
        select distinct text_page_id, reference_text_page_id from texts where text_page_id <> reference_text_page_id
    ),

    needed as (
        select text_page_id as page_id
        from compared
        union
        select reference_text_page_id
        from compared
    ),

    -- Most texts have no copy, and telling shingles apart is dear.
    shingles as (
        select page_id, list_distinct(shingles) as shingles
        from {{ ref("stg_shingles") }}
        where page_id in (select page_id from needed)
    ),

    shared as (
        select
            compared.text_page_id,
            compared.reference_text_page_id,
            len(list_intersect(shingles.shingles, reference_shingles.shingles)) as shared_shingles,
            len(shingles.shingles) as text_shingles,
            len(reference_shingles.shingles) as reference_shingles
        from compared
        inner join shingles on compared.text_page_id = shingles.page_id
        inner join shingles as reference_shingles on compared.reference_text_page_id = reference_shingles.page_id
    ),

    final as (
        select
            texts.page_id,
            texts.text_page_id = texts.reference_text_page_id as is_same_text,
            case
                when texts.text_page_id = texts.reference_text_page_id
                then 1.0
                else round(coalesce(shared.shared_shingles / nullif(shared.text_shingles, 0), 0), 4)
            end::double as overlap_of_copy,
            case
                when texts.text_page_id = texts.reference_text_page_id
                then 1.0
                else round(coalesce(shared.shared_shingles / nullif(shared.reference_shingles, 0), 0), 4)
            end::double as overlap_of_reference,
            coalesce(words.words_added, 0) as words_added,
            coalesce(words.words_removed, 0) as words_removed
        from texts
        left join
            shared
            on texts.text_page_id = shared.text_page_id
            and texts.reference_text_page_id = shared.reference_text_page_id
        left join words on texts.page_id = words.page_id and texts.reference_page_id = words.other_page_id
    )

select *
from final
