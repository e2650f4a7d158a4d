-- One row per place in the title or body of an article's reference where something is named; copies and captions have
-- no vote: captions name people wrongly often enough to put strangers into the entities.
with
    mentions as (select * from {{ ref("stg_mentions") }} where zone <> 'caption'),

    articles as (select article_id, reference_page_id, first_night from {{ ref("int_articles_placed_in_time") }}),

    final as (
        select articles.article_id, mentions.* exclude (night), articles.first_night as night
        from mentions
        inner join articles on mentions.page_id = articles.reference_page_id
    )

select *
from final
