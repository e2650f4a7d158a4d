-- Where the order is known, nobody who published earlier stands later.
with
    publications as (select * from marts.publications where copy_order is not null and published_at is not null),

    final as (
        select
            publications.article_id,
            publications.publication_id,
            publications.copy_order,
            earlier.publication_id as earlier_publication_id,
            earlier.copy_order as earlier_copy_order
        from publications
        inner join
            publications as earlier
            on publications.article_id = earlier.article_id
            and publications.copy_order < earlier.copy_order
            and publications.published_at > earlier.published_at
    )

select *
from final
