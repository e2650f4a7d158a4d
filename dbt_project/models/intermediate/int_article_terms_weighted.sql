-- One row per article and telling word of its reference, weighed against the texts up to the article's first night, so
-- that a weight once given stays. Weights are whole millionths of a vector of length one: their sums are exact. Weights
-- in the title are of the vector that the words of the title make alone.
-- depends_on: {{ ref("int_articles_digested") }}
{{
    config(
        materialized="incremental",
        incremental_strategy="append",
        on_schema_change="append_new_columns",
        pre_hook="{{ forget_articles('article_id') }}",
    )
}}

with
    changed as ({{ changed_articles() }}),

    articles as (
        select distinct article_id, reference_page_id, first_night
        from {{ ref("int_publications_identified") }}
        where article_id in (select article_id from changed)
    ),

    terms as (select * from {{ ref("stg_terms") }}),

    texts as (select page_id, night from {{ ref("int_documents_accepted") }} where page_id = text_page_id),

    texts_by_night as (select night, sum(count(*)) over (order by night) as texts_so_far from texts group by night),

    counted as (
        select
            articles.article_id,
            articles.first_night,
            terms.term,
            terms.title_count > 0 as is_in_title,
            {{ var("title_weight") }} * terms.title_count + terms.body_count as times
        from articles
        inner join terms on articles.reference_page_id = terms.page_id
    ),

    frequencies as (
        select
            terms.term, texts.night, sum(count(*)) over (partition by terms.term order by texts.night) as texts_with_it
        from terms
        inner join texts on terms.page_id = texts.page_id
        where terms.term in (select term from counted)
        group by terms.term, texts.night
    ),

    weighed as (
        select
            counted.*,
            coalesce(texts_by_night.texts_so_far, 0) as texts_so_far,
            coalesce(frequencies.texts_with_it, 0) as texts_with_it,
            (
                1000
                * (1 + ln(counted.times))
                * ln(
                    ({{ var("assumed_texts") }} + coalesce(texts_by_night.texts_so_far, 0))
                    / (1 + coalesce(frequencies.texts_with_it, 0))
                )
            )::bigint as thousandths
        from counted
        asof left join texts_by_night on counted.first_night >= texts_by_night.night
        asof left join frequencies on counted.term = frequencies.term and counted.first_night >= frequencies.night
        where counted.times > 0
    ),

    telling as (
        select *, row_number() over (partition by article_id order by thousandths desc, term) as term_rank
        from weighed
        where thousandths > 0
        qualify term_rank <= {{ var("compared_terms") }}
    ),

    final as (
        select
            article_id,
            term,
            term_rank,
            (1000000 * thousandths / sqrt(sum(thousandths * thousandths) over (partition by article_id)))::bigint
            as weight,
            if(
                is_in_title,
                (
                    1000000
                    * thousandths
                    / sqrt(sum(thousandths * thousandths) filter (where is_in_title) over (partition by article_id))
                )::bigint,
                0
            ) as weight_in_title,
            texts_with_it <= least(
                greatest({{ var("frequent_term_texts") }}, {{ var("frequent_term_share") }} * texts_so_far),
                {{ var("most_term_texts") }}
            ) as is_rare,
            first_night
        from telling
    )

select *
from final
