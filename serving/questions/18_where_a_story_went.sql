-- Where did a story go: does its id stand, was it merged or renamed, and when?
-- Every id that was ever given resolves; asked for by an id, the last line is: where asked_story_id = 's_...'
select asked_story_id, coalesce(change, 'stands') as change, night, story_id, label
from reports.story_resolve
left join marts.story_lineage on asked_story_id = old_story_id
where label like 'Captain of grounded ferry%'
order by steps, asked_story_id
