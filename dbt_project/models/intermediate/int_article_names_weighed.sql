-- One row per article and entity its reference names, with whether the name tells one story from another: few texts of
-- the days up to the article's first night have it and, where the article has no day, not most of them. Texts are
-- counted as their nights brought them, so a name once judged stays so. Captions are left out: outlets run the same
-- text with pictures of their own. Articles that did not change are kept.
-- depends_on: {{ ref("int_articles_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        pre_hook="{{ forget_articles('article_id') }}",
    )
}}

with
    changed as ({{ changed_articles() }}),

    articles as (
        select article_id, reference_page_id, first_night, published_date
        from {{ ref("int_articles_placed_in_time") }}
        where article_id in (select article_id from changed)
    ),

    named as (
        select distinct articles.article_id, mentions.resolved_key, articles.first_night, articles.published_date
        from {{ ref("stg_mentions") }} as mentions
        inner join articles on mentions.page_id = articles.reference_page_id
        where mentions.zone <> 'caption'
    ),

    counted as ({{ counted_of_late("named", ref("int_names_counted"), "resolved_key") }}),

    final as (
        select
            article_id,
            resolved_key,
            texts_with_it <= least(
                greatest({{ var("frequent_name_texts") }}, {{ var("frequent_name_share") }} * texts_of_late),
                {{ var("most_name_texts") }}
            )
            and (
                published_date is not null or texts_with_it <= {{ var("everywhere_name_share") }} * texts_of_late
            ) as is_telling,
            first_night,
            published_date
        from counted
    )

select *
from final
