-- Which outlets and languages had a night without pages this week?
select 'outlet' as what, outlet_id as name, night
from reports.outlet_nights
where pages = 0 and night > (select latest_night - 7 from marts.build_info)
union all
select 'language', language, night
from reports.language_nights
where pages = 0 and night > (select latest_night - 7 from marts.build_info)
order by what, name, night
