-- One row per article and telling word of its reference, weighed against the texts of the days up to
-- the article's first night, so that a weight once given stays. Weights are whole millionths of a
-- vector of length one: their sums are exact. Weights in the title are of the vector that the words of
-- the title make alone.
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
        select article_id, reference_page_id, first_night, published_date
        from {{ ref("int_articles_placed_in_time") }}
        where article_id in (select article_id from changed)
    ),

    counted as (
        select
            articles.article_id,
            articles.first_night,
            articles.published_date,
            terms.term,
            terms.title_count > 0 as is_in_title,
            {{ var("title_weight") }} * terms.title_count + terms.body_count as times
        from articles
        inner join {{ ref("stg_terms") }} as terms on articles.reference_page_id = terms.page_id
        where times > 0
    ),

    found as ({{ counted_of_late("counted", ref("int_terms_counted"), "term") }}),

    weighed as (
        select
            *,
            (1000 * (1 + ln(times)) * ln(({{ var("assumed_texts") }} + texts_of_late) / (1 + texts_with_it)))::bigint
            as thousandths
        from found
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
                greatest({{ var("frequent_term_texts") }}, {{ var("frequent_term_share") }} * texts_of_late),
                {{ var("most_term_texts") }}
            ) as is_rare,
            first_night,
            published_date
        from telling
    )

select *
from final
