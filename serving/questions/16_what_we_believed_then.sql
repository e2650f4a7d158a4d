-- Which texts stood for their articles on a night, and no longer do?
-- Anything else as of a night: attach the release of that night, see docs/serving.md.
select title, past.word_count as words_then, articles.word_count as words_now, night as since, replaced_night as until
from (
    select article_id, word_count, night, replaced_night from marts.article_references
    where night <= date '2026-01-08' and replaced_night > date '2026-01-08'
    order by article_id limit 20
) as past
inner join marts.articles using (article_id)
order by article_id
