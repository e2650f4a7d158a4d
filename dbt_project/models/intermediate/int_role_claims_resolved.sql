-- One row per place in an accepted page where a text gives an office to a person that is
-- an entity. Copies are read, too: their captions are their own. Their people are those of
-- the article's reference, else a full name's bearer elsewhere when it has only one.
with
    claims as (select * from {{ ref("stg_role_claims") }}),

    mentions as (select page_id, mention_no, resolved_key from {{ ref("stg_mentions") }}),

    pages as (select page_id, article_id from {{ ref("int_pages_identified") }}),

    articles as (select article_id, published_date, first_night from {{ ref("int_articles_placed_in_time") }}),

    voting as (select article_id, page_id, mention_no, resolved_key from {{ ref("int_mentions_given_votes") }}),

    resolved as (select mention_id, entity_id from {{ ref("int_mentions_resolved") }}),

    named as (
        select voting.article_id, voting.resolved_key, resolved.entity_id, count(*) as mentions
        from voting
        inner join resolved on {{ digest_id("m", "voting.page_id || ' ' || voting.mention_no") }} = resolved.mention_id
        group by voting.article_id, voting.resolved_key, resolved.entity_id
    ),

    in_article as (
        select article_id, resolved_key, entity_id
        from named
        qualify row_number() over (partition by article_id, resolved_key order by mentions desc, entity_id) = 1
    ),

    -- A surname, or a name that two entities bear, does not say who is meant.
    anywhere as (
        select resolved_key, min(entity_id) as entity_id
        from named
        where contains(resolved_key, ' ')
        group by resolved_key
        having count(distinct entity_id) = 1
    ),

    final as (
        select
            {{ digest_id("rc", "claims.page_id || ' ' || claims.claim_no") }} as role_claim_id,
            claims.page_id,
            pages.article_id,
            coalesce(in_article.entity_id, anywhere.entity_id) as entity_id,
            claims.zone,
            claims.text,
            claims.role,
            claims.country_code,
            claims.organisation_key,
            claims.is_current,
            claims.span_no,
            claims.start_offset,
            claims.end_offset,
            coalesce(articles.published_date, articles.first_night) as said_date,
            articles.first_night as night
        from claims
        inner join mentions on claims.page_id = mentions.page_id and claims.mention_no = mentions.mention_no
        inner join pages on claims.page_id = pages.page_id
        inner join articles on pages.article_id = articles.article_id
        left join
            in_article on pages.article_id = in_article.article_id and mentions.resolved_key = in_article.resolved_key
        left join anywhere on mentions.resolved_key = anywhere.resolved_key
        where coalesce(in_article.entity_id, anywhere.entity_id) is not null
    )

select *
from final
