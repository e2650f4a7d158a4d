-- What was cut from this article, and by which rule?
-- Every piece of a page stands in the ledger; kept and cut pieces together give the page back exactly.
select zone, split_part(rule, ':', 1) as rule, count(*) as pieces, sum(length(text)) as characters,
    max(left(trim(text, E' \n'), 40)) as such_as
from marts.removed_spans
inner join marts.articles using (article_id)
where title like 'Cod accord signed in Lindholm%' and page_id = reference_page_id
group by 1, 2
order by 4 desc, 1, 2
