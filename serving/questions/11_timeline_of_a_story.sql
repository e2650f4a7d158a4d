-- What is the timeline of a story, one line per event, with the sentence that says so?
select events.first_date, events.label, split_part(lead, '. ', 1) as sentence
from marts.events
inner join marts.articles on label_article_id = article_id
inner join marts.stories using (story_id)
where stories.label like 'Captain of grounded ferry%'
order by events.first_at nulls last, events.first_date, event_id
