{# Views name their tables without the database, so that they still read when the file is attached under another name. #}
{% macro ref() -%} {{ return(builtins.ref(*varargs, **kwargs).include(database=false)) }} {%- endmacro %}

{% macro source() -%} {{ return(builtins.source(*varargs).include(database=false)) }} {%- endmacro %}
