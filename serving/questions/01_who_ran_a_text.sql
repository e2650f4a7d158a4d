-- Which outlets ran the agency's text, how much did each change, and who was first?
-- Where is_sure is false, a publication has no known time: the first is only the first known.
select outlet_name, kind, credit, words_added as added, words_removed as removed, copy_order as place,
    published_at, is_order_known as is_sure
from reports.copy_spread
where article_title like '%Fishermen reach stranded ferry%'
order by copy_order nulls last, outlet_name
