-- Which outlets run an agency's text without its credit, or with another's?
select copy_spread.outlet_name, copy_spread.credit, copy_spread.agency, copy_spread.article_title, words_added,
    words_removed
from reports.credit_stripped
inner join reports.copy_spread using (publication_id)
order by 1, publication_id
limit 20
