-- Lightly edited copies that were left apart; what the two stricter queries tell of is left to them.
with
    similar_articles as (select * from similar_articles),

    final as (
        select
            article_id,
            other_article_id,
            round(share_of_all, 3) as share_of_all,
            round(share_of_words, 3) as share_of_words
        from similar_articles
        where
            (share_of_all >= getvariable('similar_text_floor') or share_of_words >= getvariable('similar_words_floor'))
            and share_of_all < getvariable('same_text_floor')
            and share_of_shorter < getvariable('contained_text_floor')
    )

select *
from final
