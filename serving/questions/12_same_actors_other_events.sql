-- Which events have the same two actors, year by year?
select extract(year from first_date) as year, label
from marts.events
inner join marts.story_articles using (event_id)
inner join marts.article_entities using (article_id)
where entity_id in (
    select entity_id from marts.entities where canonical_name in ('Sigrun Aldane', 'Anton Velisar')
)
group by event_id, 1, 2, first_date
having count(distinct entity_id) = 2
order by first_date, event_id
