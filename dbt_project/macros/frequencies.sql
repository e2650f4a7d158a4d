{# How frequent a word or name is, is counted over the nights up to an article's first, `frequency_days` of them: what is
   counted since the beginning would in the end call every word frequent. Sums since the first night that any article of
   this run needs; the difference of two is the sum over a window, wherever they begin. #}
{% macro start_of_frequencies(articles) -%}
    (select min(first_night) - {{ var("frequency_days") }} from {{ articles }})
{%- endmacro %}

{% macro counted_so_far(counts, key=none) -%}
    select
        {{ key ~ "," if key }}
        night,
        sum(texts) over ({{ "partition by " ~ key if key }} order by night)::bigint as texts
    from {{ counts }}
{%- endmacro %}
