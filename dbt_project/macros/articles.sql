{# Pairs of articles are kept, and made again where one of the two is new, changed or gone. #}
{# The settings that the evidence depends on; part of every article's digest. #}
{% macro story_settings() -%}
    {%- set names = [
        "title_weight",
        "assumed_texts",
        "compared_terms",
        "candidate_terms",
        "least_shared_terms",
        "frequent_term_texts",
        "frequent_term_share",
        "most_term_texts",
        "least_cosine",
        "quoted_shingles",
        "story_days",
        "same_story_days",
        "linked_story_days",
        "least_shared_names",
        "frequent_name_texts",
        "frequent_name_share",
        "everywhere_name_share",
        "most_name_texts",
        "frequency_days",
    ] -%}
    {%- for name in names -%} {{ name }}={{ var(name) }}{{ "," if not loop.last }} {%- endfor -%}
{%- endmacro %}

{# The memory of what was compared, or none when nothing was kept. #}
{% macro compared_articles() -%}
    {%- if execute and not should_full_refresh() -%}
        {%- set kept = adapter.get_relation(this.database, this.schema, "int_article_pairs_measured") -%}
        {%- if kept is not none -%}
            {{ return(adapter.get_relation(this.database, this.schema, "int_articles_compared")) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# Articles of this build that are not as they were compared, as a select. #}
{% macro changed_articles() -%}
    {%- set memory = compared_articles() -%}
    select article_id
    from {{ ref("int_articles_digested") }}
    {%- if memory is not none %}
        where (article_id, digest) not in (select (article_id, digest) from {{ memory }})
    {%- endif -%}
{%- endmacro %}

{# Pre-hook of a table that is kept by article: drop the rows in which a changed or gone article stands. #}
{% macro forget_articles() -%}
    {%- if is_incremental() -%}
        {%- set memory = compared_articles() -%}
        delete from {{ this }}
        {%- if memory is not none %}
            where
                {# A join on either of two columns would compare every row with every changed article. #}
                {%- for column in varargs %}
                    {{ column }} in (
                        select article_id
                        from {{ memory }}
                        where
                            (article_id, digest)
                            not in (select (article_id, digest) from {{ ref("int_articles_digested") }})
                        union
                        {{ changed_articles() }}
                    )
                    {{ "or" if not loop.last }}
                {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Number of the period, as long as the window, that a day lies in: days within the window lie in one or in two that
   follow each other, so that an equal join finds them. #}
{% macro story_period(day) -%} floor(({{ day }} - date '1970-01-01') / {{ var("story_days") }}) {%- endmacro %}

{# True where two articles lie within so many days: by their own days or, where one has none, by the nights that brought
   them. #}
{% macro is_within_days(one, other, days) -%}
    coalesce(
        abs({{ one }}.published_date - {{ other }}.published_date), abs({{ one }}.first_night - {{ other }}.first_night)
    )
    <= {{ days }}
{%- endmacro %}
