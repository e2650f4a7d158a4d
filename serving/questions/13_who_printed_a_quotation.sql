-- Which outlets printed a quotation, and which ran the text and cut it?
with said as (
    select page_id, article_id from marts.article_quotes inner join marts.quotes using (quote_id)
    where quotes.text like 'We heard the horn%'
)
select outlet_id, kind, copy_id in (select page_id from said) as is_printed
from marts.copies
inner join marts.publications using (publication_id)
where copies.article_id in (select article_id from said)
order by 3 desc, 1, copy_id
