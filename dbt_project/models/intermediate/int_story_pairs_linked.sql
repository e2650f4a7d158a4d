-- One row per scored pair of articles of the same story, of stories that this run parts and explains.
with
    pairs as (select * from {{ ref("int_article_pairs_scored") }}),

    members as (select story_id, article_id from {{ ref("int_members_of_changed_stories") }}),

    final as (
        select members.story_id, pairs.*
        from pairs
        inner join members on pairs.article_id = members.article_id
        inner join
            members as other_members
            on pairs.other_article_id = other_members.article_id
            and members.story_id = other_members.story_id
    )

select *
from final
