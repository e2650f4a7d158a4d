-- One row per story and publication with the newsroom the words come from: the
-- agency, else the outlet known to be first
-- with that text, else the article itself, so that copies are never counted as voices
-- of their own.
with
    members as (select story_id, article_id from {{ ref("int_articles_assigned_to_stories") }}),

    articles as (select * from {{ ref("articles") }}),

    publications as (select * from {{ ref("publications") }}),

    final as (
        select
            members.story_id,
            publications.publication_id,
            publications.outlet_id,
            coalesce(
                articles.agency,
                articles.first_outlet_id,
                max(publications.outlet_id) filter (where publications.is_reference) over (
                    partition by articles.article_id
                ),
                articles.article_id
            ) as newsroom
        from members
        inner join articles on members.article_id = articles.article_id
        inner join publications on members.article_id = publications.article_id
    )

select *
from final
