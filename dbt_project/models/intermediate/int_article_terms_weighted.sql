-- One row per article and telling word of its reference, weighed against the texts up
-- to the article's first night, so
-- that a weight once given stays. Weights are whole millionths of a vector of length
-- one: their sums are exact.
with
    articles as (
        select distinct article_id, reference_page_id, first_night from {{ ref("int_publications_identified") }}
    ),

    terms as (select * from {{ ref("stg_terms") }}),

    texts as (select page_id, night from {{ ref("int_documents_accepted") }} where page_id = text_page_id),

    texts_by_night as (select night, sum(count(*)) over (order by night) as texts_so_far from texts group by night),

    frequencies as (
        select
            terms.term, texts.night, sum(count(*)) over (partition by terms.term order by texts.night) as texts_with_it
        from terms
        inner join texts on terms.page_id = texts.page_id
        group by terms.term, texts.night
    ),

    counted as (
        select
            articles.article_id,
            articles.first_night,
            terms.term,
            {{ var("title_weight") }} * terms.title_count + terms.body_count as times
        from articles
        inner join terms on articles.reference_page_id = terms.page_id
    ),

    weighed as (
        select
            counted.article_id,
            counted.term,
            counted.first_night,
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
            first_night
        from telling
    )

select *
from final
