-- Who is named together with whom, one vote per distinct text?
-- Lift is how many times as often as by chance. Pairs are of two articles or more, and of the names an article is about.
select case canonical_name when 'Sigrun Aldane' then other_canonical_name else canonical_name end as name,
    articles as together, outlets, lift
from reports.entity_pairs
where 'Sigrun Aldane' in (canonical_name, other_canonical_name)
order by articles desc, name
limit 10
