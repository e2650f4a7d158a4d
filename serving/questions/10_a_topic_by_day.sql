-- How much was written about a topic each day, with and without copies?
-- For words anywhere in the texts, see search in docs/serving.md.
select published_date, count(*) as articles, sum(publications) as publications
from marts.articles
where lower(title) like '%ferry%' or lower(lead) like '%ferry%'
group by published_date
order by published_date nulls last
