-- What did each night change, and did the same code read it as the night before?
select night, new_articles, new_publications, new_stories, merged_stories, undated_articles, is_read_anew
from reports.night_summary
order by night desc
limit 7
