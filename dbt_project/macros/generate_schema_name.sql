{# A layer's schema is called exactly as its folder says: staging, intermediate, marts, reports. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
