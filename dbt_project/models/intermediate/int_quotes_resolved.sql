-- One row per place in an accepted page where a quotation stands, with the id that
-- equal quotations share.
with
    quotes as (select * from {{ ref("stg_quotes") }}),

    pages as (select page_id, publication_id, article_id from {{ ref("int_pages_identified") }}),

    final as (
        select
            'q_' || lower(printf('%016x', quotes.quote_key)) as quote_id,
            pages.article_id,
            pages.publication_id,
            quotes.page_id,
            quotes.quote_no,
            quotes.text,
            quotes.speaker,
            quotes.verb,
            quotes.start_offset,
            quotes.end_offset,
            quotes.night
        from quotes
        inner join pages on quotes.page_id = pages.page_id
    )

select *
from final
