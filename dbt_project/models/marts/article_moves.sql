-- One row per page and article that it once belonged to and no longer does: what split, and what was joined.
with
    given as (
        select page_id, article_id, any_value(version_key) as version_key, any_value(night) as night
        from {{ ref("int_names_given") }}
        where article_id is not null
        group by page_id, article_id
    ),

    fates as (select page_id, version_key from {{ ref("int_pages_fated") }}),

    pages as (select page_id, article_id from {{ ref("int_pages_identified") }}),

    articles as (select article_id from {{ ref("articles") }}),

    -- A page is here when an equal one is accepted, whatever night that one is of.
    standing as (
        select fates.version_key, pages.article_id from pages inner join fates on pages.page_id = fates.page_id
    ),

    final as (
        select
            {{ digest_id("am", "given.page_id || ' ' || given.article_id") }} as article_move_id,
            given.page_id,
            given.article_id as old_article_id,
            standing.article_id as new_article_id,
            case
                when standing.article_id is null
                then 'withdrawn'
                when articles.article_id is not null
                then 'split'
                else 'joined'
            end as change,
            given.night
        from given
        left join standing on given.version_key = standing.version_key
        left join articles on given.article_id = articles.article_id
        where given.article_id is distinct from standing.article_id
    )

select *
from final
