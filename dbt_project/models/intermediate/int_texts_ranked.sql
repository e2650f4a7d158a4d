-- One row per distinct text that stands for a publication, with its place in the
-- order in which texts may lead a group:
-- fullest first, ties by earliest known time, then id; with its day and the night that first brought it.
with
    publications as (select * from {{ ref("int_publications_represented") }}),

    texts as (
        select
            text_page_id,
            max(word_count) as word_count,
            min(published_date) as published_date,
            min(published_at) as published_at,
            min(night) as night
        from publications
        group by text_page_id
    ),

    final as (
        select
            text_page_id,
            row_number() over (order by word_count desc, published_at asc nulls last, text_page_id) as text_rank,
            word_count,
            published_date,
            night
        from texts
    )

select *
from final
