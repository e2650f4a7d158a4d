-- A name that was ever given is found, and leads to a story unless its pages are gone.
select given.story_id
from {{ ref("int_names_given") }} as given
left join {{ ref("story_resolve") }} as resolved on given.story_id = resolved.asked_story_id
left join {{ ref("story_lineage") }} as lineage on given.story_id = lineage.old_story_id
where resolved.asked_story_id is null or (resolved.story_id is null and lineage.change is distinct from 'withdrawn')
