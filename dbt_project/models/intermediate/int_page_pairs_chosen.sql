-- One row per page and page it is compared with, its reference or the version before it; to compare in this run are
-- those that no earlier run compared as they are.
-- depends_on: {{ ref("int_nights_digested") }}
{%- set keeper = "int_page_pairs_compared" %}

with
    pages as (select * from {{ ref("int_pages_identified") }}),

    pairs as (
        select page_id, reference_page_id as other_page_id, text_page_id, night
        from pages
        where page_id <> reference_page_id
        union
        select page_id, previous_page_id as other_page_id, text_page_id, night
        from pages
        where previous_page_id is not null
    ),

    final as (
        select
            pairs.page_id,
            pairs.other_page_id,
            pairs.text_page_id,
            others.text_page_id as other_text_page_id,
            {% if is_kept(keeper) %}
                coalesce(greatest(pairs.night, others.night) >= {{ first_changed_night(keeper) }}, false)
                or (pairs.page_id, pairs.other_page_id) not in (
                    select (page_id, other_page_id)
                    from {{ adapter.get_relation(this.database, this.schema, keeper).include(database=false) }}
                )
            {% else %} true
            {% endif %} as is_to_compare
        from pairs
        inner join pages as others on pairs.other_page_id = others.page_id
    )

select *
from final
