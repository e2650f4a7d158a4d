-- One row per wording of a quotation: equal words in any spelling are one wording, founded
-- by the first place of an accepted page that has them.
with
    quotes as (select * from {{ ref("stg_quotes") }}),

    documents as (select page_id from {{ ref("int_documents_accepted") }}),

    uttered as (
        select
            quotes.page_id,
            quotes.utterance_no,
            any_value(quotes.quote_key) as quote_key,
            string_agg(quotes.text, ' ' order by quotes.quote_no) as text,
            any_value(quotes.shingles) filter (where quotes.quote_no = quotes.utterance_no) as shingles,
            any_value(quotes.night) as night
        from quotes
        inner join documents on quotes.page_id = documents.page_id
        group by quotes.page_id, quotes.utterance_no
    ),

    final as (
        select
            quote_key,
            arg_min(text, (night, page_id, utterance_no)) as text,
            any_value(shingles) as shingles,
            arg_min(page_id, (night, page_id, utterance_no)) as first_page_id,
            arg_min(utterance_no, (night, page_id, utterance_no)) as first_utterance_no,
            min(night) as night
        from uttered
        group by quote_key
    )

select *
from final
