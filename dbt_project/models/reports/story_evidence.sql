-- One row per article and name or quotation that it shares with the nearest member of its story: what stands behind the
-- counts of marts.story_articles.
with
    members as (
        select article_id, story_id, nearest_article_id
        from {{ ref("story_articles") }}
        where nearest_article_id is not null
    ),

    named as (select article_id, entity_id from {{ ref("article_entities") }}),

    entities as (select entity_id, canonical_name from {{ ref("entities") }}),

    quoted as (select distinct article_id, quote_id from {{ ref("article_quotes") }}),

    quotes as (select quote_id, text from {{ ref("quotes") }}),

    final as (
        select
            members.story_id,
            members.article_id,
            members.nearest_article_id,
            'entity' as kind,
            named.entity_id as shared_id,
            entities.canonical_name as shared_text
        from members
        inner join named on members.article_id = named.article_id
        inner join
            named as others on members.nearest_article_id = others.article_id and named.entity_id = others.entity_id
        inner join entities on named.entity_id = entities.entity_id
        union all
        select
            members.story_id,
            members.article_id,
            members.nearest_article_id,
            'quotation' as kind,
            quoted.quote_id,
            quotes.text
        from members
        inner join quoted on members.article_id = quoted.article_id
        inner join
            quoted as others on members.nearest_article_id = others.article_id and quoted.quote_id = others.quote_id
        inner join quotes on quoted.quote_id = quotes.quote_id
    )

select *
from final
