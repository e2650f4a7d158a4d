{# Points for two articles of a story to tell of one happening; see int_event_pairs_scored. #}
{% macro event_points() -%}
    {%- set worth = var("event_points") -%}
    {{ worth.start }}
    + {{ worth.words }} * event_cosine
    + {{ worth.title }} * title_cosine
    + case
        when days_apart = 0
        then {{ worth.same_day }}
        when days_apart = 1
        then {{ worth.next_day }}
        when days_apart > 1
        then {{ worth.later_day }}
        else {{ worth.undated }}
    end
{%- endmacro %}
