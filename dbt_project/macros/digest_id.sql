{# A key that reads as what it is: a word for the table and sixteen hex digits of the natural key's digest. #}
{% macro digest_id(prefix, expression) -%} '{{ prefix }}_' || left(md5({{ expression }}), 16) {%- endmacro %}
