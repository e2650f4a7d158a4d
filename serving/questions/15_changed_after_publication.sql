-- Which publications changed after they appeared, how much, and did they say so?
select outlet_id, latest.title, words_added, words_removed, change, latest.updated_at
from (
    select publication_id, title, words_added, words_removed, change, updated_at, night, version_id
    from marts.article_versions where version_no > 1
    order by night desc, version_id limit 20
) as latest
inner join marts.publications using (publication_id)
order by night desc, version_id
