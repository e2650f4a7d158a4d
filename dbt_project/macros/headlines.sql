{# Article whose headline stands for its group: the one most like all others of its story, among those that have one. #}
{% macro headline_of_most_central() -%}
    max_by(
        articles.article_id,
        (
            articles.title is not null,
            members.centrality,
            - date_diff('day', date '1970-01-01', articles.first_night),
            articles.article_id
        )
    )
{%- endmacro %}

{# Label of an article in its own words: its headline, else the beginning of its lead. #}
{% macro label_of(articles) -%} coalesce({{ articles }}.title, left({{ articles }}.lead, 120), '') {%- endmacro %}
