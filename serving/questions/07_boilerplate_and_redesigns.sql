-- Which outlets have the most boilerplate, and did it jump after a redesign?
-- The share of characters cut: over all nights, on the latest, and on the last night before that brought pages.
select outlet_name, boilerplate_share, cut_share_before, cut_share,
    round((cut_share - cut_share_before)::numeric(9, 4), 2) as jump
from reports.outlet_nights
inner join marts.outlets using (outlet_id, outlet_name)
where night = (select latest_night from marts.build_info)
order by jump desc nulls last, outlet_name
limit 20
