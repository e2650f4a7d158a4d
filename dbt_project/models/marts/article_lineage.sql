-- One row per article id that was ever given and that no article bears any longer.
with
    names as (select * from {{ ref("int_names_ended") }} where kind = 'article'),

    final as (
        select
            old_name as old_article_id,
            new_name as new_article_id,
            if(new_name is null, 'withdrawn', 'renamed') as change,
            night
        from names
    )

select *
from final
