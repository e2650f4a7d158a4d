-- A name that was ever given is found, and leads to an article unless its pages are gone.
select given.article_id
from {{ ref("int_names_given") }} as given
left join {{ ref("article_resolve") }} as resolved on given.article_id = resolved.asked_article_id
left join {{ ref("article_lineage") }} as lineage on given.article_id = lineage.old_article_id
where
    given.article_id is not null
    and (
        resolved.asked_article_id is null
        or (resolved.article_id is null and lineage.change is distinct from 'withdrawn')
    )
