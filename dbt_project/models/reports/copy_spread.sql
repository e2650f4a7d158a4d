-- One row per publication of an article that has more than one: who ran it, how long
-- after the first known, what changed.
-- A table, because dashboards and questions ask for it again and again, and it joins all publications.
{{ config(materialized="table") }}

with
    publications as (select * from {{ ref("publications") }}),

    articles as (select * from {{ ref("articles") }} where publications > 1),

    copies as (select * from {{ ref("copies") }} where kind <> 'update'),

    outlets as (select outlet_id, outlet_name from {{ ref("outlets") }}),

    final as (
        select
            publications.publication_id,
            publications.article_id,
            articles.title as article_title,
            articles.agency,
            outlets.outlet_name,
            publications.url,
            copies.kind,
            copies.level,
            publications.credit,
            copies.headline,
            copies.dateline,
            publications.copy_order,
            date_diff(
                'minute',
                min(publications.published_at) over (partition by publications.article_id),
                publications.published_at
            ) as minutes_after_first_known,
            publications.published_date
            - min(publications.published_date) over (partition by publications.article_id) as days_after_first_known,
            copies.overlap_of_copy,
            copies.overlap_of_reference,
            copies.words_added,
            copies.words_removed,
            copies.edit_similarity,
            publications.is_order_known,
            publications.published_date,
            publications.published_at
        from publications
        inner join articles on publications.article_id = articles.article_id
        inner join copies on publications.publication_id = copies.publication_id
        left join outlets on publications.outlet_id = outlets.outlet_id
    )

select *
from final
