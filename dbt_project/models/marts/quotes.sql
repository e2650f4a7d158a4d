-- One row per quotation, whatever the articles that carry it made of its words.
with
    resolved as (select * from {{ ref("int_quotes_resolved") }}),

    wordings as (select quote_key, text from {{ ref("int_quotes_worded") }}),

    speakers as (select * from {{ ref("int_quote_speakers_voted") }}),

    entities as (select entity_id from {{ ref("entities") }}),

    publications as (select publication_id, outlet_id, published_at from {{ ref("publications") }}),

    carried as (
        select
            resolved.quote_id,
            any_value(resolved.leading_quote_key) as leading_quote_key,
            arg_min(resolved.verb, (resolved.night, resolved.page_id, resolved.quote_no)) filter (
                where resolved.verb is not null
            ) as verb,
            count(distinct resolved.quote_key) as wordings,
            count(distinct resolved.article_id) as articles,
            count(distinct resolved.publication_id) as publications,
            count(distinct publications.outlet_id) as outlets,
            min(resolved.night) as first_night,
            min(publications.published_at) as first_published_at
        from resolved
        inner join publications on resolved.publication_id = publications.publication_id
        group by resolved.quote_id
    ),

    final as (
        select
            carried.quote_id,
            wordings.text,
            speakers.speaker,
            entities.entity_id as speaker_entity_id,
            carried.verb,
            coalesce(speakers.speakers_claimed, 0) as speakers_claimed,
            carried.wordings,
            carried.articles,
            carried.publications,
            carried.outlets,
            carried.first_night,
            carried.first_published_at
        from carried
        inner join wordings on carried.leading_quote_key = wordings.quote_key
        left join speakers on carried.quote_id = speakers.quote_id
        left join entities on speakers.speaker_entity_id = entities.entity_id
    )

select *
from final
