{# Pairs of articles are kept, and made again where one of the two is new, changed or gone. #}
{# The settings that scores depend on; part of every article's digest. #}
{% macro story_settings() -%}
    {%- set names = [
        "title_weight",
        "assumed_texts",
        "compared_terms",
        "candidate_terms",
        "least_shared_terms",
        "quoted_shingles",
        "story_days",
        "story_fading_days",
        "undated_weight",
        "quotation_bonus",
        "least_shared_names",
        "frequent_name_texts",
        "frequent_name_share",
        "everywhere_name_share",
        "name_bonus",
        "most_name_bonuses",
    ] -%}
    {%- for name in names -%} {{ name }}={{ var(name) }}{{ "," if not loop.last }} {%- endfor -%}
{%- endmacro %}

{# The memory of what was compared, or none when nothing was kept. #}
{% macro compared_articles() -%}
    {%- if execute and not should_full_refresh() -%}
        {%- set kept = adapter.get_relation(this.database, this.schema, "int_article_pairs_scored") -%}
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

{# Pre-hook of the scored pairs: drop those of which an article is changed or gone. #}
{% macro forget_changed_articles() -%}
    {%- if is_incremental() -%}
        {%- set memory = compared_articles() -%}
        delete from {{ this }}
        {%- if memory is not none %}
                using (
                    select article_id
                    from {{ memory }}
                    where
                        (article_id, digest)
                        not in (select (article_id, digest) from {{ ref("int_articles_digested") }})
                    union
                    {{ changed_articles() }}
                ) as changed
            where changed.article_id in ({{ this }}.article_id, {{ this }}.other_article_id)
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
