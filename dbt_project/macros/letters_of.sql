{# A name as it is compared when spelling, case and spaces may differ. #}
{% macro letters_of(name) -%} regexp_replace(lower({{ name }}), '[^\p{L}\p{N}]', '', 'g') {%- endmacro %}
