{# What the ledger of names holds already, as a select; nothing when there is none yet. Rows of ledgers that did not yet
   number the builds come before all others. #}
{% macro noted_names() -%}
    {%- if is_incremental() -%}
        {%- set known = adapter.get_columns_in_relation(this) | map(attribute="name") | list -%}
        select
            page_id,
            version_key,
            article_id,
            story_id,
            {{ "event_id" if "event_id" in known else "null::varchar as event_id" }},
            {{ "run_no" if "run_no" in known else "0::bigint as run_no" }}
        from {{ this }}
    {%- else -%}
        select '' as page_id, '' as version_key, '' as article_id, '' as story_id, '' as event_id, 0::bigint as run_no
        where false
    {%- endif -%}
{%- endmacro %}

{# The name of an outlet or agency without case, article and spaces: "The AP News" and "apnews" are one. #}
{% macro compact_name(name) -%} replace(regexp_replace(lower(trim({{ name }})), '^the ', ''), ' ', '') {%- endmacro %}
