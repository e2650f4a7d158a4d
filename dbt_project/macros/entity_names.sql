{# A name's key without accents, hyphens, apostrophes, Arabic articles, forms of companies and doctors' titles after a
   name, with the usual short forms of places written out: what spellings share. Junior is another person: his mark is
   made part of the surname. #}
{% macro folded_name(key) -%}
    {%- set last = "inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|gmbh|md|phd|esq" -%}
    {%- set spaced -%}
        ' ' || regexp_replace(replace(strip_accents({{ key }}), '&', ' and '), '[-’'',()/ ]+', ' ', 'g') || ' '
    {%- endset -%}
    {%- set whole -%}
        replace(replace(replace({{ spaced }}, ' mt ', ' mount '), ' st ', ' saint '), ' ft ', ' fort ')
    {%- endset -%}
    {%- set shorter -%}
        regexp_replace(
            regexp_replace(regexp_replace({{ whole }}, ' (?:al|el|ul) ', ' ', 'g'), ' (?:{{ last }}) $', ''),
            '(\w) (jr|sr|ii|iii) *$',
            '\1\2'
        )
    {%- endset -%}
    coalesce(nullif(trim(regexp_replace({{ shorter }}, ' +', ' ', 'g')), ''), {{ key }})
{%- endmacro %}
