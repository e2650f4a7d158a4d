-- How often is a name in the body of a text, against a count that takes copies and furniture, too?
select canonical_name, count(*) filter (where zone <> 'title') as in_bodies, count(*) as with_headlines,
    sum(1 + copies) as with_copies,
    (select count(*) from marts.removed_spans where text like '%Lindholm%') as cut
from marts.entities
inner join marts.mentions using (entity_id)
inner join marts.articles using (article_id)
where canonical_name = 'Lindholm' and zone <> 'caption'
group by 1
