-- How many articles, publications, outlets and independent newsrooms does each story of this week have?
-- Articles are distinct texts, publications count copies, newsrooms give every text one vote.
select label, articles, publications, outlets, newsrooms
from marts.stories
where articles > 1 and last_night > (select latest_night - 7 from marts.build_info)
order by newsrooms desc, articles desc, story_id
limit 20
