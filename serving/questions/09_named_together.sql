-- Who is named together with whom, one vote per distinct text?
select canonical_name, entity_type, count(*) as together
from marts.article_entities
inner join marts.entities using (entity_id)
where canonical_name <> 'Sigrun Aldane' and article_id in (
    select article_id from marts.article_entities inner join marts.entities using (entity_id)
    where canonical_name = 'Sigrun Aldane'
)
group by 1, 2
order by 3 desc, 1, 2
limit 10
