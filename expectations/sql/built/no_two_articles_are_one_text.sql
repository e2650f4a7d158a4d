with
    similar_articles as (select * from similar_articles),

    final as (
        select article_id, other_article_id, round(share_of_all, 3) as share_of_all
        from similar_articles
        where share_of_all >= getvariable('same_text_floor')
    )

select *
from final
