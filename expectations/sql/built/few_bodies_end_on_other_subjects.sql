with
    residues as (select count(distinct article_id) as articles from residues where category = 'tail'),

    tonight as (select count(*) as articles from tonights_articles),

    final as (
        select
            case
                when residues.articles < getvariable('fewest_residues')
                then 0.0
                else residues.articles / tonight.articles
            end as measure
        from residues
        cross join tonight
    )

select *
from final
