-- One row per news agency: those that credits are read with, and any other that a
-- publication credits.
with
    known as (select * from {{ ref("stg_agencies") }}),

    publications as (select credited_agency as agency from {{ ref("publications") }} where credited_agency is not null),

    credited as (select agency, count(*) as publications from publications group by agency),

    final as (
        select
            coalesce(known.agency, credited.agency) as agency,
            coalesce(known.aliases, '') as aliases,
            coalesce(known.kind, 'agency') as kind,
            known.country,
            coalesce(credited.publications, 0) as publications
        from known
        full join credited on known.agency = credited.agency
    )

select *
from final
