-- One row per known thing and name it goes by.
with
    source as (select * from {{ source("raw", "knowledge_names") }}),

    final as (select linked_id, name_key, is_usual, is_capitals, is_common from source)

select *
from final
