-- Which texts stood for their articles on a night, and no longer do?
-- Anything else as of a night: attach the release of that night, see docs/serving.md.
select title, article_references.word_count as words_then, articles.word_count as words_now, night as since,
    replaced_night as until
from marts.article_references
inner join marts.articles using (article_id)
where night <= date '2026-01-08' and replaced_night > date '2026-01-08'
order by article_id, night
limit 20
