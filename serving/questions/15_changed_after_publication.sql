-- Which publications changed after they appeared, how much, and did they say so?
select outlet_id, article_versions.title, words_added, words_removed, change, article_versions.updated_at
from marts.article_versions
inner join marts.publications using (publication_id)
where version_no > 1
order by night desc, version_id
limit 20
