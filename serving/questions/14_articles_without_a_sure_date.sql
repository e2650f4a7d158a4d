-- Which articles have no date, an unsure one, or one that a copy lent?
select title, published_date, published_source, published_precision, published_confidence
from marts.articles
where published_date is null or published_source = 'inherited' or published_confidence < 0.8
order by published_confidence nulls first, article_id
limit 20
