-- One row per story with a digest of all that its events and its members' reasons depend on: its members and the scored
-- pairs among them. A story with another digest is parted and explained again.
with
    members as (select * from {{ ref("int_articles_assigned_to_stories") }}),

    articles as (select article_id, digest from {{ ref("int_articles_digested") }}),

    pairs as (select * from {{ ref("int_article_pairs_scored") }}),

    counted_members as (
        select
            members.story_id,
            count(*) as articles,
            bit_xor(hash(members.article_id, articles.digest, members.is_founder, members.night_joined)) as rows_digest
        from members
        inner join articles on members.article_id = articles.article_id
        group by members.story_id
    ),

    counted_pairs as (
        select
            members.story_id,
            count(*) as pairs,
            bit_xor(
                hash(
                    pairs.article_id,
                    pairs.other_article_id,
                    pairs.score,
                    pairs.title_cosine,
                    pairs.days_apart,
                    pairs.shared_terms,
                    pairs.shared_entities,
                    pairs.telling_entities,
                    pairs.shared_quotes,
                    pairs.shared_shingles
                )
            ) as rows_digest
        from pairs
        inner join members on pairs.article_id = members.article_id
        inner join
            members as others on pairs.other_article_id = others.article_id and members.story_id = others.story_id
        group by members.story_id
    ),

    final as (
        select
            counted_members.story_id,
            md5(
                concat_ws(
                    ' ',
                    counted_members.articles,
                    counted_members.rows_digest,
                    coalesce(counted_pairs.pairs, 0),
                    coalesce(counted_pairs.rows_digest, 0),
                    '{{ event_settings() }}'
                )
            ) as digest
        from counted_members
        left join counted_pairs on counted_members.story_id = counted_pairs.story_id
    )

select *
from final
