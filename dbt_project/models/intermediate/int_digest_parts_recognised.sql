-- One row per text and longer text of which it is no more than half, and which holds another text, too, that has
-- next to nothing in common with the first: a digest, or a page with two reports. Neither may lead the other.
with
    copies as (select * from {{ ref("int_copies_recognised") }}),

    pairs as (select * from {{ ref("int_text_pairs_compared") }}),

    held as (
        select
            pairs.text_words <= pairs.other_text_words as is_shorter,
            if(is_shorter, pairs.other_page_id, pairs.page_id) as digest_page_id,
            if(is_shorter, pairs.page_id, pairs.other_page_id) as part_page_id,
            2 * least(pairs.text_words, pairs.other_text_words)
            <= greatest(pairs.text_words, pairs.other_text_words) as is_half
        from copies
        inner join pairs on copies.text_page_id = pairs.page_id and copies.other_text_page_id = pairs.other_page_id
    ),

    -- What shares next to no 4-grams with the part (the two are no pair) stands elsewhere in the digest.
    beside as (
        select parts.digest_page_id, parts.part_page_id, others.part_page_id as other_part_page_id
        from held as parts
        inner join
            held as others on parts.digest_page_id = others.digest_page_id and parts.part_page_id <> others.part_page_id
        where parts.is_half
    ),

    related as (
        select page_id as part_page_id, other_page_id as other_part_page_id
        from pairs
        union all
        select other_page_id, page_id
        from pairs
    ),

    final as (
        select distinct digest_page_id, part_page_id
        from beside
        anti join related using (part_page_id, other_part_page_id)
    )

select *
from final
