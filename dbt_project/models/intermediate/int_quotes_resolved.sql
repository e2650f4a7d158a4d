-- One row per place in an accepted page where a part of a quotation stands, with the
-- quotation, how the place's wording differs from the longest, and the speaker it names.
-- A quotation is named after the wording that was first of its group.
with
    quotes as (select * from {{ ref("stg_quotes") }}),

    pages as (select page_id, publication_id, article_id from {{ ref("int_pages_identified") }}),

    wordings as (select * from {{ ref("int_quotes_worded") }}),

    grouped as (select * from {{ ref("int_wordings_grouped_into_quotes") }}),

    pairs as (select * from {{ ref("int_quote_pairs_compared") }}),

    votes as (select * from {{ ref("int_mentions_given_votes") }}),

    mentions as (select * from {{ ref("int_mentions_resolved") }}),

    speakers as (
        select votes.article_id, votes.resolved_key, mentions.entity_id
        from votes
        inner join
            mentions
            on votes.page_id = mentions.page_id
            and votes.zone = mentions.zone
            and votes.start_offset = mentions.start_offset
        group by votes.article_id, votes.resolved_key, mentions.entity_id
        qualify
            row_number() over (
                partition by votes.article_id, votes.resolved_key order by count(*) desc, mentions.entity_id
            )
            = 1
    ),

    led as (
        select
            wordings.quote_key,
            coalesce(grouped.leading_quote_key, wordings.quote_key) as leading_quote_key,
            first_value(wordings.quote_key) over (
                partition by coalesce(grouped.leading_quote_key, wordings.quote_key)
                order by wordings.night, wordings.first_page_id, wordings.first_utterance_no
            ) as founding_quote_key
        from wordings
        left join grouped on wordings.quote_key = grouped.quote_key
    ),

    named as (
        select
            led.quote_key,
            led.leading_quote_key,
            'q_' || lower(printf('%016x', led.founding_quote_key)) as quote_id,
            case
                when led.quote_key = led.leading_quote_key
                then 'exact'
                when pairs.shared_shingles = if(pairs.quote_key = led.quote_key, pairs.shingles, pairs.other_shingles)
                then 'shorter'
                else 'edited'
            end as difference
        from led
        left join
            pairs
            on least(led.quote_key, led.leading_quote_key) = least(pairs.quote_key, pairs.other_quote_key)
            and greatest(led.quote_key, led.leading_quote_key) = greatest(pairs.quote_key, pairs.other_quote_key)
    ),

    final as (
        select
            named.quote_id,
            pages.article_id,
            pages.publication_id,
            quotes.page_id,
            quotes.quote_no,
            quotes.utterance_no,
            quotes.quote_key,
            named.leading_quote_key,
            quotes.text,
            named.difference,
            quotes.speaker,
            quotes.speaker_key,
            speakers.entity_id as speaker_entity_id,
            quotes.speaker_evidence,
            quotes.verb,
            quotes.start_offset,
            quotes.end_offset,
            quotes.is_marked,
            quotes.night
        from quotes
        inner join pages on quotes.page_id = pages.page_id
        inner join named on quotes.quote_key = named.quote_key
        left join speakers on pages.article_id = speakers.article_id and quotes.speaker_key = speakers.resolved_key
    )

select *
from final
