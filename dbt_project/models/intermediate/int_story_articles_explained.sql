-- One row per article with the member of its story that it is most like, the
-- evidence, and its weight among them all. Articles of stories that did not change are
-- kept.
-- depends_on: {{ ref("int_stories_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_stories() }}",
    )
}}

with
    members as (select * from {{ ref("int_members_of_changed_stories") }}),

    pairs as (select * from {{ ref("int_story_pairs_linked") }}),

    events as (select article_id, event_id from {{ ref("int_articles_assigned_to_events") }}),

    both_ways as (
        select article_id, other_article_id as nearest_article_id, * exclude (article_id, other_article_id)
        from pairs
        union all
        select other_article_id, article_id, * exclude (article_id, other_article_id)
        from pairs
    ),

    nearest as (
        select *, sum((score * 1000000)::bigint) over (partition by article_id) as centrality
        from both_ways
        qualify row_number() over (partition by article_id order by score desc, nearest_article_id) = 1
    ),

    final as (
        select
            members.story_id,
            events.event_id,
            members.article_id,
            nearest.nearest_article_id,
            case
                when nearest.nearest_article_id is null
                then 'alone so far'
                when nearest.shared_quotes > 0
                then 'same quotation'
                when nearest.shared_shingles >= {{ var("quoted_shingles") }}
                then 'same run of words'
                when
                    nearest.telling_entities >= {{ var("least_shared_names") }}
                    and nearest.name_points > nearest.word_points
                then 'same names'
                else 'same telling words'
            end as reason,
            nearest.score,
            coalesce(nearest.shared_terms, 0) as shared_terms,
            coalesce(nearest.shared_entities, 0) as shared_entities,
            coalesce(nearest.shared_quotes, 0) as shared_quotes,
            coalesce(nearest.shared_shingles, 0) as shared_shingles,
            nearest.days_apart,
            coalesce(nearest.centrality, 0)::bigint as centrality,
            members.is_founder,
            members.night_joined
        from members
        inner join events on members.article_id = events.article_id
        left join nearest on members.article_id = nearest.article_id
    )

select *
from final
