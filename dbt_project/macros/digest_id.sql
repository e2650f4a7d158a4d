{# A key that reads as what it is: a letter for the table and sixteen hex digits of the natural key's digest. #}
{% macro digest_id(letter, expression) -%} '{{ letter }}_' || left(md5({{ expression }}), 16) {%- endmacro %}
