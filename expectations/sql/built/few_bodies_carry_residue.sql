-- By the lexicon, which was measured on hand-made bodies; the other detectors have limits of their own.
with
    residues as (
        select count(distinct article_id) as articles
        from residues
        where category not in ('sentence', 'name', 'opening', 'line', 'tail')
    ),

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
