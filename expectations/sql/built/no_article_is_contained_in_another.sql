with
    similar_articles as (select * from similar_articles),

    final as (
        select article_id, other_article_id, round(share_of_shorter, 3) as share_of_shorter
        from similar_articles
        where share_of_shorter >= getvariable('contained_text_floor') and share_of_all < getvariable('same_text_floor')
    )

select *
from final
