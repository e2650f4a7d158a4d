-- One row per article and entity its reference names, with whether the name tells one story from another: few texts of
-- the days up to the article's first night have it. Texts are counted as their nights brought them, so a name once
-- judged stays so. Captions are left out: outlets run the same text with pictures of their own. Articles that did not
-- change are kept.
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

    texts as (
        select night, count(*) as texts
        from {{ ref("int_documents_accepted") }}
        where page_id = text_page_id and night > {{ start_of_frequencies("articles") }}
        group by night
    ),

    names as (
        select *
        from {{ ref("int_names_counted") }}
        where night > {{ start_of_frequencies("articles") }} and resolved_key in (select resolved_key from named)
    ),

    all_texts as ({{ counted_so_far("texts") }}),

    frequencies as ({{ counted_so_far("names", "resolved_key") }}),

    counted as (
        select
            named.*,
            coalesce(all_texts.texts, 0) - coalesce(older_texts.texts, 0) as texts_of_late,
            coalesce(frequencies.texts, 0) - coalesce(older_frequencies.texts, 0) as texts_with_it
        from named
        asof left join all_texts on named.first_night >= all_texts.night
        asof left join all_texts as older_texts on named.first_night - {{ var("frequency_days") }} >= older_texts.night
        asof left join
            frequencies on named.resolved_key = frequencies.resolved_key and named.first_night >= frequencies.night
        asof left join
            frequencies as older_frequencies
            on named.resolved_key = older_frequencies.resolved_key
            and named.first_night - {{ var("frequency_days") }} >= older_frequencies.night
    ),

    final as (
        select
            article_id,
            resolved_key,
            texts_with_it <= least(
                greatest({{ var("frequent_name_texts") }}, {{ var("frequent_name_share") }} * texts_of_late),
                {{ var("most_name_texts") }}
            )
            and texts_with_it <= {{ var("everywhere_name_share") }} * texts_of_late as is_telling,
            first_night,
            published_date
        from counted
    )

select *
from final
