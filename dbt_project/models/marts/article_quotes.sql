-- One row per place in an accepted page, copies included, where a part of a quotation stands.
with
    resolved as (select * from {{ ref("int_quotes_resolved") }}),

    quotes as (select quote_id from {{ ref("quotes") }}),

    articles as (select article_id from {{ ref("articles") }}),

    final as (
        select
            resolved.quote_id,
            resolved.article_id,
            resolved.page_id,
            resolved.quote_no,
            resolved.utterance_no,
            resolved.text,
            resolved.difference,
            resolved.speaker,
            resolved.speaker_evidence,
            resolved.verb,
            resolved.start_offset,
            resolved.end_offset,
            resolved.is_marked
        from resolved
        inner join quotes on resolved.quote_id = quotes.quote_id
        inner join articles on resolved.article_id = articles.article_id
    )

select *
from final
