-- One row per pair of texts of which one is a copy of the other, with the share of
-- the shorter that stands in the longer.
with
    pairs as (select * from {{ ref("int_text_pairs_compared") }}),

    texts as (select * from {{ ref("int_texts_ranked") }}),

    measured as (
        select
            pairs.page_id as text_page_id,
            pairs.other_page_id as other_text_page_id,
            pairs.shared_shingles,
            pairs.shared_shingles / least(pairs.text_shingles, pairs.other_text_shingles) as containment,
            least(pairs.text_shingles, pairs.other_text_shingles)
            / greatest(pairs.text_shingles, pairs.other_text_shingles) as length_ratio,
            abs(date_diff('day', texts.published_date, other_texts.published_date)) as days_apart
        from pairs
        inner join texts on pairs.page_id = texts.text_page_id
        inner join texts as other_texts on pairs.other_page_id = other_texts.text_page_id
    ),

    final as (
        select text_page_id, other_text_page_id, round(containment, 6) as containment
        from measured
        where
            shared_shingles >= {{ var("least_copied_shingles") }}
            and length_ratio >= {{ var("least_length_ratio") }}
            and containment >= case
                when days_apart > {{ var("reprint_days") }}
                then {{ var("reprint_containment") }}
                else {{ var("copy_containment") }}
            end
    )

select *
from final
