-- One row per quotation that somebody is named for, with the speaker whom most articles
-- name; none when two are named alike often. Copies have no vote of their own.
with
    claims as (
        select distinct quote_id, article_id, speaker, speaker_key, speaker_entity_id
        from {{ ref("int_quotes_resolved") }}
        where speaker_key is not null
    ),

    keys as (select distinct quote_id, speaker_key from claims),

    -- "Sol" in one article is "Ana Sol" of another, when only one such name is claimed.
    full_names as (
        select keys.quote_id, keys.speaker_key, min(fuller.speaker_key) as full_key
        from keys
        inner join
            keys as fuller
            on keys.quote_id = fuller.quote_id
            and ends_with(fuller.speaker_key, ' ' || keys.speaker_key)
            and not contains(keys.speaker_key, ' ')
        group by keys.quote_id, keys.speaker_key
        having count(*) = 1
    ),

    keyed as (
        select claims.*, coalesce(full_names.full_key, claims.speaker_key) as full_key
        from claims
        left join full_names on claims.quote_id = full_names.quote_id and claims.speaker_key = full_names.speaker_key
    ),

    entities as (
        select quote_id, full_key, speaker_entity_id as entity_id
        from keyed
        group by quote_id, full_key, speaker_entity_id
        qualify
            row_number() over (
                partition by quote_id, full_key
                order by speaker_entity_id is null, count(distinct article_id) desc, speaker_entity_id
            )
            = 1
    ),

    voted as (
        select
            keyed.quote_id,
            keyed.article_id,
            keyed.speaker,
            entities.entity_id,
            coalesce(entities.entity_id, keyed.full_key) as claim
        from keyed
        inner join entities on keyed.quote_id = entities.quote_id and keyed.full_key = entities.full_key
    ),

    names as (
        select quote_id, claim, speaker
        from voted
        group by quote_id, claim, speaker
        qualify
            row_number() over (
                partition by quote_id, claim order by count(distinct article_id) desc, length(speaker) desc, speaker
            )
            = 1
    ),

    counted as (
        select
            quote_id,
            claim,
            any_value(entity_id) as entity_id,
            count(distinct article_id) as articles,
            count(*) over (partition by quote_id) as speakers_claimed
        from voted
        group by quote_id, claim
        qualify rank() over (partition by quote_id order by count(distinct article_id) desc) = 1
    ),

    final as (
        select
            counted.quote_id,
            if(count(*) = 1, any_value(names.speaker), null) as speaker,
            if(count(*) = 1, any_value(counted.entity_id), null) as speaker_entity_id,
            any_value(counted.speakers_claimed) as speakers_claimed
        from counted
        inner join names on counted.quote_id = names.quote_id and counted.claim = names.claim
        group by counted.quote_id
    )

select *
from final
