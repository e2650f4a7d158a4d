-- How much was written about a topic each day, with and without copies?
-- For words anywhere in the texts, see search in docs/serving.md; ilike is as good for a few articles, and slower for many.
select published_date, count(*) as articles, sum(publications) as publications
from marts.articles
where title like '%ferry%' or title like '%Ferry%' or lead like '%ferry%' or lead like '%Ferry%'
group by published_date
order by published_date nulls last
