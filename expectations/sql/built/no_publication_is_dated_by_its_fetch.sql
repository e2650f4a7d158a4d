with
    publications as (select * from marts.publications),

    final as (select publication_id, url, published_at, fetched_at from publications where published_at = fetched_at)

select *
from final
