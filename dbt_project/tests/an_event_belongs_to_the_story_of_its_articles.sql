select story_articles.article_id, story_articles.event_id, story_articles.story_id
from {{ ref("story_articles") }} as story_articles
inner join {{ ref("events") }} as events on story_articles.event_id = events.event_id
where story_articles.story_id <> events.story_id
