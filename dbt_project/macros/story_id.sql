{# A story is named after the article that founded it, an event after its first. #}
{% macro story_id(founding_article_id) -%} 's_' || substr({{ founding_article_id }}, 3) {%- endmacro %}

{% macro event_id(first_article_id) -%} 'v_' || substr({{ first_article_id }}, 3) {%- endmacro %}

{# True for the page whose digest the name of an article, story or event is. #}
{% macro is_founded_by(name, page_id) -%}
    substr({{ name }}, 3) = substr({{ digest_id("a", page_id) }}, 3)
{%- endmacro %}
