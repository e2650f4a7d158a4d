-- Who is the first known outlet on a story, and how sure are we?
-- The confidence is that of the time; the order is known when every publication of that text has one.
select distinct on (newsrooms, story_id) label, first_outlet_id, published_at, published_confidence, is_order_known
from marts.stories
inner join marts.story_articles using (story_id)
inner join marts.articles using (article_id)
where story_id in (select story_id from marts.stories order by newsrooms desc, story_id limit 20)
order by newsrooms desc, story_id, published_at nulls last, article_id
