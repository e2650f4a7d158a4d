-- A name that was ever given is found; gate 2 walks the lineage and proves that it leads to a living story.
select given.story_id
from {{ ref("int_names_given") }} as given
anti join {{ ref("story_resolve") }} as resolved on given.story_id = resolved.asked_story_id
