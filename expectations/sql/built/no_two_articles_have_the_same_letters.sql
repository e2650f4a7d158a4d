-- Over the whole history, whatever the length: spacing, case and punctuation do not
-- make another article.
with
    articles as (select * from marts.articles),

    letters as (select article_id, md5(regexp_replace(lower(body), '[^\p{L}\p{N}]', '', 'g')) as letters from articles),

    final as (
        select letters, count(*) as articles, min(article_id) as article_id, max(article_id) as other_article_id
        from letters
        group by letters
        having count(*) > 1
    )

select *
from final
