-- Not the formula again, but what nobody would call sound.
with
    articles as (select * from marts.articles),

    final as (
        select article_id, grade, completeness, title
        from articles
        where grade = 'A' and (title is null or completeness <> 'full' or published_date is null or word_count < 20)
    )

select *
from final
