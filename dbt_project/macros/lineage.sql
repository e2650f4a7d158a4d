{# What became of a name whose members, or some of them, have another: it ended, and what holds its founding member has
   taken it over, or it lives on. New is a name that nobody bore before. Reads the window `targets`, its new names with
   the one that took over first. #}
{% macro change_of_name(is_living, is_new) -%}
    case
        when not ({{ is_living }}) and row_number() over targets = 1
        then if({{ is_new }}, 'renamed', 'merge')
        else if({{ is_new }}, 'split', 'moved')
    end
{%- endmacro %}
