-- One row per accepted page with what became on it of its article's agency, and in all versions of its publication: a
-- publication keeps a credit that any version gives.
with
    pages as (select * from {{ ref("int_pages_identified") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    articles as (select article_id, agency from {{ ref("int_articles_completed") }}),

    -- An agency is known by its name and short forms, an outlet by its name, id and the first part of its domain.
    forms as (
        select agency, unnest(string_split(agency || ';' || aliases, ';')) as form
        from {{ ref("stg_agencies") }}
        union
        select agency, agency as form
        from articles
        where agency is not null
    ),

    outlets as (
        select distinct documents.outlet_id, declared.outlet_name
        from documents
        left join {{ ref("stg_outlets") }} as declared on documents.outlet_id = declared.outlet_id
        where documents.outlet_id is not null
    ),

    names as (select outlet_id, unnest([outlet_name, outlet_id, split_part(outlet_id, '.', 1)]) as form from outlets),

    sites as (
        select distinct names.outlet_id, forms.agency
        from forms
        inner join names on {{ compact_name("forms.form") }} = {{ compact_name("names.form") }}
        where {{ compact_name("forms.form") }} <> ''
    ),

    judged as (
        select
            pages.page_id,
            pages.publication_id,
            pages.version_no,
            documents.agency,
            case
                when articles.agency is null
                then 'none'
                when documents.agency = articles.agency
                then 'kept'
                when documents.agency is not null
                then 'changed'
                when sites.outlet_id is not null
                then 'own'
                else 'stripped'
            end as credit
        from pages
        inner join documents on pages.page_id = documents.page_id
        inner join articles on pages.article_id = articles.article_id
        left join sites on documents.outlet_id = sites.outlet_id and articles.agency = sites.agency
    ),

    final as (
        select
            page_id,
            publication_id,
            credit,
            first_value(credit) over (
                partition by publication_id
                order by list_position(['kept', 'own', 'changed', 'stripped', 'none'], credit)
            ) as publication_credit,
            arg_max(agency, version_no) over (partition by publication_id) as credited_agency
        from judged
    )

select *
from final
