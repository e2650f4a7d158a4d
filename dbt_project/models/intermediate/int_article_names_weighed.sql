-- One row per article and entity its reference names, with whether the name tells one
-- story from another: few texts up to the article's first night have it. Texts are
-- counted as their nights brought them, so a name once judged stays so. Captions are
-- left out: outlets run the same text with pictures of their own.
with
    named as (select distinct article_id, resolved_key, night from {{ ref("int_mentions_given_votes") }}),

    mentions as (select distinct page_id, resolved_key from {{ ref("stg_mentions") }} where zone <> 'caption'),

    texts as (select page_id, night from {{ ref("int_documents_accepted") }} where page_id = text_page_id),

    texts_by_night as (select night, sum(count(*)) over (order by night) as texts_so_far from texts group by night),

    frequencies as (
        select
            mentions.resolved_key,
            texts.night,
            sum(count(*)) over (partition by mentions.resolved_key order by texts.night) as texts_with_it
        from mentions
        inner join texts on mentions.page_id = texts.page_id
        group by mentions.resolved_key, texts.night
    ),

    final as (
        select
            named.article_id,
            named.resolved_key,
            coalesce(frequencies.texts_with_it, 0) <= greatest(
                {{ var("frequent_name_texts") }}, {{ var("frequent_name_share") }} * texts_by_night.texts_so_far
            )
            and coalesce(frequencies.texts_with_it, 0)
            <= {{ var("everywhere_name_share") }} * texts_by_night.texts_so_far as is_telling
        from named
        asof left join texts_by_night on named.night >= texts_by_night.night
        asof left join frequencies on named.resolved_key = frequencies.resolved_key and named.night >= frequencies.night
    )

select *
from final
