-- One row per accepted page as it was read: the word 4-grams of its clean body, hashed,
-- and its numbers, in the order of the text.
with
    source as (select * from {{ source("raw", "shingles") }}),

    final as (select page_id, shingles, number_places, numbers, night from source)

select *
from final
