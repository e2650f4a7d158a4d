-- A lender is a copy of the article, not its reference, and says what it lent; what is not inherited names none.
with
    articles as (select * from {{ ref("articles") }}),

    copies as (select * from {{ ref("copies") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    lent as (
        select
            article_id,
            unnest(
                [
                    struct_pack(
                        is_inherited := coalesce(title_source = 'inherited', false),
                        lender_id := title_lender_id,
                        value := title
                    ),
                    struct_pack(
                        is_inherited := coalesce(agency_source = 'inherited', false),
                        lender_id := agency_lender_id,
                        value := agency
                    ),
                    struct_pack(
                        is_inherited := coalesce(published_source = 'inherited', false),
                        lender_id := published_lender_id,
                        value := published_date::varchar
                    )
                ],
                recursive := true
            )
        from articles
    ),

    final as (
        select lent.*
        from lent
        left join copies on lent.lender_id = copies.copy_id and lent.article_id = copies.article_id
        left join documents on lent.lender_id = documents.page_id
        where
            lent.is_inherited <> (lent.lender_id is not null)
            or (
                lent.is_inherited
                and not coalesce(
                    copies.kind <> 'reference'
                    and lent.value in (documents.title, documents.agency, documents.published_date::varchar),
                    false
                )
            )
    )

select *
from final
