-- How often is a name in the body of a text, against a count that takes copies and furniture, too?
select canonical_name, count(*) filter (where zone in ('body', 'quote')) as in_bodies,
    count(*) filter (where zone <> 'caption') as with_headlines, sum(1 + copies) as with_copies,
    (select count(*) from marts.removed_spans where text like '%Lindholm%') as cut_pieces
from marts.entities
inner join marts.mentions using (entity_id)
inner join marts.articles using (article_id)
where canonical_name = 'Lindholm'
group by canonical_name
