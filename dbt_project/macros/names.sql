{# What the ledger of names holds already, as a select; nothing when there is none yet. #}
{% macro noted_names() -%}
    {%- if is_incremental() -%} select page_id, article_id, story_id from {{ this }}
    {%- else -%} select '' as page_id, '' as article_id, '' as story_id where false
    {%- endif -%}
{%- endmacro %}

{# The name of an outlet or agency without case, article and spaces: "The AP News" and "apnews" are one. #}
{% macro compact_name(name) -%} replace(regexp_replace(lower(trim({{ name }})), '^the ', ''), ' ', '') {%- endmacro %}
