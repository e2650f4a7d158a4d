{# A story is named after the article that founded it. #}
{% macro story_id(founding_article_id) -%} 's_' || substr({{ founding_article_id }}, 3) {%- endmacro %}
