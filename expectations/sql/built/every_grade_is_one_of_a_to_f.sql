with
    articles as (select * from marts.articles),

    final as (
        select article_id, grade, title
        from articles
        where
            not coalesce(grade in ('A', 'B', 'C', 'D', 'E', 'F'), false)
            or (grade = 'A' and (title is null or completeness <> 'full'))
    )

select *
from final
