-- One row per story of two articles or more, the widest told first.
with
    stories as (select * from {{ ref("stories") }}),

    final as (
        select
            row_number() over (order by newsrooms desc, articles desc, publications desc, story_id) as place,
            story_id,
            label,
            key_entities,
            newsrooms,
            articles,
            distinct_texts,
            events,
            publications,
            outlets,
            first_date,
            last_date,
            first_night,
            last_night
        from stories
        where articles > 1
    )

select *
from final
