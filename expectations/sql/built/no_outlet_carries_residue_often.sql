with
    residues as (
        select outlet_id, count(distinct article_id) as articles, any_value(article_id) as article_id
        from residues
        where outlet_id is not null
        group by outlet_id
    ),

    tonight as (select outlet_id, count(*) as articles from outlet_bodies where is_tonight group by outlet_id),

    final as (
        select
            residues.outlet_id,
            residues.articles,
            tonight.articles as articles_of_tonight,
            round(residues.articles / tonight.articles, 3) as share
        from residues
        inner join tonight on residues.outlet_id = tonight.outlet_id
        where
            residues.articles >= getvariable('fewest_residues')
            and residues.articles >= tonight.articles * getvariable('outlet_residue_share')
    )

select *
from final
