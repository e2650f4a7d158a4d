-- Where did a story go: does its id stand, was it merged, split or renamed, and when?
-- Every id that was ever given resolves; asked for by an id, the last line is: where asked_story_id = 's_...'
select asked_story_id, coalesce(change, 'stands') as change, new_story_id, night, story_id, label
from reports.story_resolve
left join marts.story_lineage on asked_story_id = old_story_id
where label like 'Captain of grounded ferry%'
order by asked_story_id = story_id desc, asked_story_id, night, new_story_id
