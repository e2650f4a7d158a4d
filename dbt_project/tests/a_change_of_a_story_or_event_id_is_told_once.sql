-- A key would do, were the new id of one that was withdrawn not null.
select old_story_id, new_story_id, night
from {{ ref("story_lineage") }}
group by all
having count(*) > 1
union all
select old_event_id, new_event_id, night
from {{ ref("event_lineage") }}
group by all
having count(*) > 1
