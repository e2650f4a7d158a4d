with
    residues as (select * from residues),

    final as (
        select outlet_id, min(article_id) as article_id, count(distinct article_id) as articles_of_tonight, place
        from residues
        where category = 'line'
        group by outlet_id, place
    )

select *
from final
