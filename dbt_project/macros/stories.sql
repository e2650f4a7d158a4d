{# What is said of a story's members is kept, and made again where the story is not as it was: a night costs the stories
   it touches. #}
{# The settings that events depend on; part of every story's digest. #}
{% macro event_settings() -%}
    {%- set names = ["event_days", "event_contrast", "event_points"] -%}
    {%- for name in names -%}
        {{ name }}={{ var(name) | string | replace("'", "") }}{{ "," if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The memory of what was explained, or none when nothing was kept. #}
{% macro compared_stories() -%}
    {%- if execute and not should_full_refresh() -%}
        {%- set kept = adapter.get_relation(this.database, this.schema, "int_articles_assigned_to_events") -%}
        {%- set explained = adapter.get_relation(this.database, this.schema, "int_story_articles_explained") -%}
        {%- if kept is not none and explained is not none and explained.type == "table" -%}
            {{ return(adapter.get_relation(this.database, this.schema, "int_stories_compared")) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# Stories of this build that are not as they were explained, as a select. #}
{% macro changed_stories() -%}
    {%- set memory = compared_stories() -%}
    select story_id
    from {{ ref("int_stories_digested") }}
    {%- if memory is not none %}
        where (story_id, digest) not in (select (story_id, digest) from {{ memory }})
    {%- endif -%}
{%- endmacro %}

{# Pre-hook of a table that is kept by story: drop the rows of changed and gone stories. #}
{% macro forget_stories() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} {%- set memory = compared_stories() -%}
        {%- if memory is not none %}
            where
                story_id not in (select story_id from {{ ref("int_stories_digested") }})
                or story_id in ({{ changed_stories() }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
