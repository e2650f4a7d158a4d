select *
from {{ ref("story_lineage") }}
where old_story_id not in (select asked_story_id from {{ ref("story_resolve") }})
