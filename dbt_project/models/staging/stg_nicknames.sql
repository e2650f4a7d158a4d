-- One row per first name and form of it that people are called by.
with source as (select * from {{ source("raw", "nicknames") }}), final as (select first_name, nickname from source)

select *
from final
