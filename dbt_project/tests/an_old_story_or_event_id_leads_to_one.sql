-- Whoever asks for an id gets one answer.
select asked_story_id
from {{ ref("story_resolve") }}
group by asked_story_id
having count(*) > 1
union all
select asked_event_id
from {{ ref("event_resolve") }}
group by asked_event_id
having count(*) > 1
