{# A name's key without accents, hyphens, apostrophes, Arabic articles, forms of companies and what people bear after their
   names, with the usual short forms of places written out: what spellings share. #}
{% macro folded_name(key) -%}
    {%- set last = (
        "inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|gmbh|ag|nv|spa|jr|sr|md|phd|esq"
    ) -%}
    {%- set spaced -%}
        ' ' || regexp_replace(replace(strip_accents({{ key }}), '&', ' and '), '[-’'',()/ ]+', ' ', 'g') || ' '
    {%- endset -%}
    {%- set whole -%}
        replace(replace(replace({{ spaced }}, ' mt ', ' mount '), ' st ', ' saint '), ' ft ', ' fort ')
    {%- endset -%}
    {%- set shorter -%}
        regexp_replace(regexp_replace({{ whole }}, ' (?:al|el|ul) ', ' ', 'g'), ' (?:{{ last }}) $', '')
    {%- endset -%}
    coalesce(nullif(trim(regexp_replace({{ shorter }}, ' +', ' ', 'g')), ''), {{ key }})
{%- endmacro %}
