-- What is the timeline of a story, one line per event, with the sentence that says so?
select first_date, event_label as label, sentence
from reports.story_timeline
where story_label like 'Captain of grounded ferry%'
order by place
