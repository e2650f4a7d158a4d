-- Which outlets run an agency's text without its credit, or with another's?
select outlet_name, credit, agency, article_title, words_added, words_removed
from reports.credit_stripped
inner join reports.copy_spread using (publication_id, outlet_name, agency, article_title, credit)
order by outlet_name, publication_id
limit 20
