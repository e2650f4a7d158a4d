-- One row per distinct text that stands for a publication, with what says whether it may
-- lead a group: its words and its earliest known time; with its day and the night that
-- first brought it.
with
    publications as (select * from {{ ref("int_publications_represented") }}),

    final as (
        select
            text_page_id,
            max(word_count) as word_count,
            min(published_date) as published_date,
            min(published_at) as published_at,
            min(night) as night
        from publications
        group by text_page_id
    )

select *
from final
