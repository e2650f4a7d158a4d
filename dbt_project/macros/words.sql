{# The words of a text as a list, as extract/words.py finds them, only that the text is not brought into normal form (NFKC)
   before: scripts without spaces count a character as a word, and apostrophes separate. #}
{% macro words_of(text) -%}
    {%- set alone = "\\x{3040}-\\x{30FF}\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{F900}-\\x{FAFF}" -%}
    regexp_extract_all(lower({{ text }}), '[{{ alone }}]|(?:[^\P{L}{{ alone }}]|\p{N})+')
{%- endmacro %}
