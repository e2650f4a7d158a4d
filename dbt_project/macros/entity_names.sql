{# A name's key without accents, hyphens, apostrophes, Arabic articles and forms of companies: what spellings share. #}
{% macro folded_name(key) -%}
    {%- set spaced = (
        "' ' || regexp_replace(replace(strip_accents("
        ~ key
        ~ "), '&', ' and '), '[-’'',()/ ]+', ' ', 'g') || ' '"
    ) -%}
    {%- set forms = "inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|gmbh|ag|nv|spa" -%}
    coalesce(
        nullif(
            trim(
                regexp_replace(
                    regexp_replace(regexp_replace({{ spaced }}, ' (?:al|el|ul) ', ' ', 'g'), ' (?:{{ forms }}) $', ''),
                    ' +',
                    ' ',
                    'g'
                )
            ),
            ''
        ),
        {{ key }}
    )
{%- endmacro %}
