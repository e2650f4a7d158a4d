-- One row per outlet and day that it published on, as far as days are known.
with
    publications as (select * from {{ ref("publications") }} where outlet_id is not null),

    outlets as (select outlet_id, outlet_name from {{ ref("outlets") }}),

    final as (
        select
            publications.outlet_id,
            any_value(outlets.outlet_name) as outlet_name,
            count(*) as publications,
            count(distinct publications.article_id) as articles,
            count(*) filter (where publications.credit = 'kept') as credited_publications,
            count(*) filter (where publications.credit = 'stripped') as stripped_publications,
            publications.published_date
        from publications
        inner join outlets on publications.outlet_id = outlets.outlet_id
        where publications.published_date is not null
        group by publications.outlet_id, publications.published_date
    )

select *
from final
