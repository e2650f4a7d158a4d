{# What a value of some evidence is worth, by the model that `make train-stories` writes: points at a few values, on a
   straight line between them, and as at the last one beyond. #}
{% macro story_points(evidence, value) -%}
    {%- set knots = story_model()[evidence] -%}
    (
        {{ knots[0][1] }}
        {%- for first, second in zip(knots, knots[1:]) if first[1] != second[1] %}
            + ({{ second[1] }} - {{ first[1] }})
            * least(greatest(({{ value }} - {{ first[0] }}) / ({{ second[0] }} - {{ first[0] }}), 0), 1)
        {%- endfor %}
    )
{%- endmacro %}

{# Points of what is or is not so, and what a pair begins with. #}
{% macro story_points_of(what) -%}({{ story_model()[what] }}) {%- endmacro %}
