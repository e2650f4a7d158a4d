-- One row per story as it was when it was last parted and explained; read by the next build.
-- depends_on: {{ ref('int_articles_assigned_to_events') }}, {{ ref('int_story_articles_explained') }}
with stories as (select * from {{ ref("int_stories_digested") }}), final as (select story_id, digest from stories)

select *
from final
