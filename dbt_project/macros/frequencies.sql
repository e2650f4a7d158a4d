{# The rows of a CTE, each with how many texts were new in the `frequency_days` nights up to its first night and in how many
   of them its key stood, by a model that counts these by night: what is counted since the beginning would in the end call
   every word and name frequent. Sums begin with the first night that any row needs; the difference of two is the sum over
   a window, wherever they begin. #}
{% macro counted_of_late(rows, counts, key) -%}
    {%- set start -%} (select min(first_night) - {{ var("frequency_days") }} from {{ rows }}) {%- endset -%}
    {%- set older_nights_end -%} {{ rows }}.first_night - {{ var("frequency_days") }} {%- endset -%}
    with
        all_texts as (
            select night, sum(count(*)) over (order by night)::bigint as texts
            from {{ ref("int_documents_accepted") }}
            where page_id = text_page_id and night > {{ start }}
            group by night
        ),

        having_it as (
            select {{ key }}, night, sum(texts) over (partition by {{ key }} order by night)::bigint as texts
            from {{ counts }}
            where night > {{ start }} and {{ key }} in (select {{ key }} from {{ rows }})
        )

    select
        {{ rows }}.*,
        coalesce(all_texts.texts, 0) - coalesce(older_texts.texts, 0) as texts_of_late,
        coalesce(having_it.texts, 0) - coalesce(older_having_it.texts, 0) as texts_with_it
    from {{ rows }}
    asof left join all_texts on {{ rows }}.first_night >= all_texts.night
    asof left join all_texts as older_texts on {{ older_nights_end }} >= older_texts.night
    asof left join having_it on {{ rows }}.{{ key }} = having_it.{{ key }} and {{ rows }}.first_night >= having_it.night
    asof left join
        having_it as older_having_it
        on {{ rows }}.{{ key }} = older_having_it.{{ key }}
        and {{ older_nights_end }} >= older_having_it.night
{%- endmacro %}
