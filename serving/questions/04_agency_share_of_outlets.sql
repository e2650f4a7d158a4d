-- What share of each outlet's output is agency copy, credited or not?
select outlet_name, sum(publications) as publications, sum(agency_publications) as of_agencies,
    round(100.0 * sum(agency_publications) / sum(publications), 1) as percent
from reports.agency_share
group by outlet_name
order by percent desc, outlet_name
limit 20
