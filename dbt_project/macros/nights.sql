{# What is compared across nights is kept, and made again from the first night whose pages are not those compared before:
   a new night costs itself, a night loaded late or again costs the nights from there on, and every order of loading ends
   with the same rows. #}
{# The settings that pairs depend on; part of every night's digest, so that a changed setting compares everything again. #}
{% macro comparison_settings() -%}
    {%- set names = [
        "shingle_sample",
        "rare_shingle_sample",
        "short_text_shingles",
        "tiny_text_shingles",
        "long_text_shingles",
        "least_shared_share",
        "recent_nights",
        "frequent_shingle_texts",
        "frequent_shingle_share",
        "most_shingle_texts",
        "least_fingerprints",
        "comparison",
        "frequent_quote_shingle_wordings",
        "least_shared_quote_shingles",
        "quote_containment",
    ] -%}
    {%- for name in names -%} {{ name }}={{ var(name) }}{{ "," if not loop.last }} {%- endfor -%}
{%- endmacro %}

{# True when this run adds to the rows of a model that earlier runs made: of this one, or of one that is built from it. #}
{% macro is_kept(model=none) -%}
    {%- if model is none or not execute -%} {{ return(is_incremental()) }} {%- endif -%}
    {{ return(adapter.get_relation(this.database, this.schema, model) is not none and not should_full_refresh()) }}
{%- endmacro %}

{# First night to compare again, as a scalar subquery: null when nothing changed. A model that is made anew in every run
   names the one that keeps its rows. #}
{% macro first_changed_night(keeper=none) -%}
    {%- set memory = adapter.get_relation(this.database, this.schema, "int_nights_compared") if execute else none -%}
    {%- if is_kept(keeper) and memory is not none -%}
        (
            select min(night)
            from
                (
                    (
                        select night, digest
                        from {{ ref("int_nights_digested") }}
                        except
                        select night, digest
                        from {{ memory }}
                    )
                    union all
                    (
                        select night, digest
                        from {{ memory }}
                        except
                        select night, digest
                        from {{ ref("int_nights_digested") }}
                    )
                )
        )
    {%- else -%} date '0001-01-01'
    {%- endif -%}
{%- endmacro %}

{# Pre-hook of a table that is kept by night: drop the rows that this run makes again. #}
{% macro forget_changed_nights() -%}
    {%- if is_incremental() -%} delete from {{ this }} where night >= {{ first_changed_night() }} {%- endif -%}
{%- endmacro %}

{# Pairs of versions that were compared already, as a select; none when nothing is kept. #}
{% macro noted_version_pairs() -%}
    {%- if is_incremental() -%} select (page_id, other_page_id) from {{ this }}
    {%- else -%} select ('', '') where false
    {%- endif -%}
{%- endmacro %}

{# Pre-hook of the table of changed sentences: drop those of nights that are compared again, and of pages that no longer
   follow each other. #}
{% macro forget_changed_versions() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            night >= {{ first_changed_night() }}
            or (page_id, other_page_id) not in (
                select (shown_page_id, previous_shown_page_id)
                from {{ ref("int_versions_sighted") }}
                where previous_shown_page_id is not null
            )
    {%- endif -%}
{%- endmacro %}

{# Pre-hook of the table that keeps pairs of pages: drop those that this run makes again, and those that are pairs no
   longer. #}
{% macro forget_pairs_to_compare() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            (page_id, other_page_id)
            not in (select (page_id, other_page_id) from {{ ref("int_page_pairs_chosen") }} where not is_to_compare)
    {%- endif -%}
{%- endmacro %}
