{# What the ledger of entity ids holds already, as a select; nothing when there is none yet. #}
{% macro noted_entity_ids() -%}
    {%- if is_incremental() -%} select resolved_key, sense, entity_id from {{ this }}
    {%- else -%} select '' as resolved_key, '' as sense, '' as entity_id where false
    {%- endif -%}
{%- endmacro %}
