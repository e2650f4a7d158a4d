-- Tonight's articles against the whole history, whatever the length: spacing, case and
-- punctuation do not make another article. Of the history only the first letters are
-- read, and the rest of those alone that begin as one of tonight's does.
with
    articles as (select * from marts.articles),

    begun as (
        select
            articles.article_id,
            articles.body,
            tonights_articles.article_id is not null as is_tonight,
            regexp_replace(lower(articles.body[:300]), '[^\p{L}\p{N}]', '', 'g')[:12] as first_letters
        from articles
        left join tonights_articles on articles.article_id = tonights_articles.article_id
    ),

    openings as (
        select
            article_id,
            body,
            is_tonight,
            if(
                length(first_letters) = 12, first_letters, regexp_replace(lower(body), '[^\p{L}\p{N}]', '', 'g')[:12]
            ) as opening
        from begun
    ),

    tonight as (select opening from openings where is_tonight),

    letters as (
        select article_id, is_tonight, md5(regexp_replace(lower(body), '[^\p{L}\p{N}]', '', 'g')) as letters
        from openings
        semi join tonight using (opening)
    ),

    final as (
        select letters, count(*) as articles, min(article_id) as article_id, max(article_id) as other_article_id
        from letters
        group by letters
        having count(*) > 1 and bool_or(is_tonight)
    )

select *
from final
