-- One row per new or changed article and article that shares three of its first
-- telling words within the window: by their days or, where one has none, by the nights
-- that brought them. Frequent words count only for articles of nearly the same day.
-- depends_on: {{ ref('int_articles_digested') }}
with
    changed as ({{ changed_articles() }}),

    terms as (
        select article_id, term, is_rare, first_night, published_date, coalesce(published_date, first_night) as day
        from {{ ref("int_article_terms_weighted") }}
        where term_rank <= {{ var("candidate_terms") }}
    ),

    changed_terms as (select * from terms where article_id in (select article_id from changed)),

    days as (
        select
            day,
            day + unnest(range(- {{ var("same_story_days") }}, {{ var("same_story_days") }} + 1))::integer as near_day
        from (select distinct day from changed_terms)
    ),

    -- Two days within the window lie in one period of its length, or in two that follow each other.
    periods as (
        select distinct period, period + unnest([-1, 0, 1]) as near_period
        from (select {{ story_period("published_date") }} as period from changed_terms)
        where period is not null
    ),

    nights as (
        select distinct period, period + unnest([-1, 0, 1]) as near_period
        from (select {{ story_period("first_night") }} as period from changed_terms)
    ),

    rare_terms as (select * from terms where is_rare),

    undated_terms as (select * from rare_terms where published_date is null),

    shared as (
        -- both have a day
        select changed_terms.article_id, rare_terms.article_id as other_article_id
        from changed_terms
        inner join periods on {{ story_period("changed_terms.published_date") }} = periods.period
        inner join
            rare_terms
            on changed_terms.term = rare_terms.term
            and periods.near_period = {{ story_period("rare_terms.published_date") }}
            and changed_terms.article_id <> rare_terms.article_id
        where
            changed_terms.is_rare
            and abs(changed_terms.published_date - rare_terms.published_date) <= {{ var("story_days") }}
        union all
        -- one has none
        select changed_terms.article_id, rare_terms.article_id
        from changed_terms
        inner join nights on {{ story_period("changed_terms.first_night") }} = nights.period
        inner join
            rare_terms
            on changed_terms.term = rare_terms.term
            and nights.near_period = {{ story_period("rare_terms.first_night") }}
            and changed_terms.article_id <> rare_terms.article_id
        where
            changed_terms.is_rare
            and changed_terms.published_date is null
            and abs(changed_terms.first_night - rare_terms.first_night) <= {{ var("story_days") }}
        union all
        select changed_terms.article_id, undated_terms.article_id
        from changed_terms
        inner join nights on {{ story_period("changed_terms.first_night") }} = nights.period
        inner join
            undated_terms
            on changed_terms.term = undated_terms.term
            and nights.near_period = {{ story_period("undated_terms.first_night") }}
        where
            changed_terms.is_rare
            and changed_terms.published_date is not null
            and abs(changed_terms.first_night - undated_terms.first_night) <= {{ var("story_days") }}
        union all
        select changed_terms.article_id, terms.article_id
        from changed_terms
        inner join days on changed_terms.day = days.day
        inner join
            terms
            on changed_terms.term = terms.term
            and days.near_day = terms.day
            and changed_terms.article_id <> terms.article_id
        where not (changed_terms.is_rare and terms.is_rare)
    ),

    final as (
        select article_id, other_article_id, count(*) as shared_terms
        from shared
        group by article_id, other_article_id
        having count(*) >= {{ var("least_shared_terms") }}
    )

select *
from final
