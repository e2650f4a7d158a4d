-- One row per pair of texts of which one is a copy of the other, with the share of the
-- shorter that is aligned with the longer. docs/decisions/0010 argues the rule.
with
    pairs as (select * from {{ ref("int_text_pairs_compared") }}),

    texts as (select * from {{ ref("int_texts_represented") }}),

    measured as (
        select
            pairs.page_id as text_page_id,
            pairs.other_page_id as other_text_page_id,
            pairs.shared_shingles,
            pairs.shared_shingles / least(pairs.text_shingles, pairs.other_text_shingles) as containment,
            pairs.aligned_words / least(pairs.text_words, pairs.other_text_words) as alignment,
            {{ var("lead_weight") }} * (pairs.aligned_lead - 0.5) as lead_bonus,
            case
                when pairs.changed_numbers >= {{ var("least_changed_numbers") }}
                then
                    {{ var("changed_numbers_penalty") }}
                    * pairs.changed_numbers
                    / greatest(pairs.aligned_numbers, {{ var("certain_numbers") }})
                else 0
            end as numbers_penalty,
            coalesce(pairs.changed_bridges / nullif(pairs.bridges, 0), 0) as changed_bridges_share,
            least(pairs.text_words, pairs.other_text_words) as words,
            least(pairs.text_words, pairs.other_text_words)
            / greatest(pairs.text_words, pairs.other_text_words) as length_ratio
        from pairs
        where pairs.shared_shingles >= {{ var("least_copied_shingles") }}
    ),

    -- Only what bridges add to the words in equal runs can be the work of bridges over changed numbers.
    weighed as (
        select
            *,
            alignment
            + lead_bonus
            - {{ var("changed_bridges_penalty") }}
            * changed_bridges_share
            * greatest(alignment - containment, 0) as kept
        from measured
    ),

    alike as (
        select
            text_page_id,
            other_text_page_id,
            alignment,
            kept - numbers_penalty >= {{ var("reprint_alignment") }} as may_be_reprint
        from weighed
        where
            length_ratio >= {{ var("least_length_ratio") }}
            and containment >= {{ var("least_containment") }}
            and greatest(kept - {{ var("copy_alignment") }}, containment - {{ var("copy_containment") }})
            >= numbers_penalty
            + {{ var("length_penalty") }} * (1 - length_ratio) * (1 - length_ratio)
            + {{ var("short_text_penalty_words") }} / words
    ),

    -- Asked for the day are only the texts of pairs so alike: they are few beside all of history.
    placed as (
        select
            alike.*,
            -- A text without a day is no younger than the night that first brought it.
            case
                when texts.published_date is null and other_texts.published_date is null
                then abs(texts.night - other_texts.night)
                when texts.published_date is null
                then other_texts.published_date - texts.night
                when other_texts.published_date is null
                then texts.published_date - other_texts.night
                else abs(texts.published_date - other_texts.published_date)
            end as days_apart
        from alike
        inner join texts on alike.text_page_id = texts.text_page_id
        inner join texts as other_texts on alike.other_text_page_id = other_texts.text_page_id
    ),

    final as (
        select text_page_id, other_text_page_id, round(alignment, 6) as alignment
        from placed
        where days_apart <= {{ var("reprint_days") }} or may_be_reprint
    )

select *
from final
