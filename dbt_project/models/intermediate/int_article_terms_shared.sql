-- One row per new or changed article and article that shares three of its first
-- telling words within the window. Frequent words count only for articles of nearly
-- the same day, so that what a night meets does not grow with the window.
-- depends_on: {{ ref('int_articles_digested') }}
with
    changed as ({{ changed_articles() }}),

    terms as (
        select
            terms.article_id,
            terms.term,
            terms.is_rare,
            articles.published_date,
            coalesce(articles.published_date, articles.first_night) as day
        from {{ ref("int_article_terms_weighted") }} as terms
        inner join {{ ref("int_articles_placed_in_time") }} as articles on terms.article_id = articles.article_id
        where terms.term_rank <= {{ var("candidate_terms") }}
    ),

    changed_terms as (select * from terms where article_id in (select article_id from changed)),

    changed_days as (
        select
            *,
            day + unnest(range(- {{ var("same_story_days") }}, {{ var("same_story_days") }} + 1))::integer as near_day
        from changed_terms
    ),

    shared as (
        select changed_terms.article_id, terms.article_id as other_article_id
        from changed_terms
        inner join terms on changed_terms.term = terms.term and changed_terms.article_id <> terms.article_id
        where
            changed_terms.is_rare
            and terms.is_rare
            and (abs(changed_terms.published_date - terms.published_date) <= {{ var("story_days") }}) is not false
        union all
        select changed_days.article_id, terms.article_id
        from changed_days
        inner join
            terms
            on changed_days.term = terms.term
            and changed_days.near_day = terms.day
            and changed_days.article_id <> terms.article_id
        where not (changed_days.is_rare and terms.is_rare)
    ),

    final as (
        select article_id, other_article_id, count(*) as shared_terms
        from shared
        group by article_id, other_article_id
        having count(*) >= {{ var("least_shared_terms") }}
    )

select *
from final
