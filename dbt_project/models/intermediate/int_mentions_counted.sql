-- One row per place in the reference of an article where something is named that its title or body name: the places
-- that vote, and those in captions.
with
    voting as (select * from {{ ref("int_mentions_given_votes") }}),

    captions as (select * from {{ ref("stg_mentions") }} where zone = 'caption'),

    said as (select distinct article_id, page_id, resolved_key, night from voting),

    shown as (
        select said.article_id, captions.* exclude (night), said.night
        from captions
        inner join said on captions.page_id = said.page_id and captions.resolved_key = said.resolved_key
    ),

    final as (
        select *
        from voting
        union all by name
        select *
        from shown
    )

select *
from final
