-- One row per article with a mark from A to F: a step down for every thing a reader
-- would have to know before relying on
-- the row, two for a text that is not whole.
with
    documents as (select * from {{ ref("int_documents_accepted") }}),

    articles as (select * from {{ ref("int_articles_completed") }}),

    findings as (
        select
            articles.article_id,
            unnest(
                [
                    struct_pack(steps := if(articles.title is null, 1, 0), reason := 'no title'),
                    struct_pack(steps := if(articles.published_date is null, 1, 0), reason := 'no published date'),
                    struct_pack(steps := if(documents.outlet_id is null, 1, 0), reason := 'outlet unknown'),
                    struct_pack(steps := if(documents.completeness = 'truncated', 2, 0), reason := 'cut by a paywall'),
                    struct_pack(steps := if(documents.completeness = 'teaser', 3, 0), reason := 'only a teaser'),
                    struct_pack(steps := if(documents.cleaning_confidence < 0.7, 1, 0), reason := 'cleaning uncertain'),
                    struct_pack(steps := if(documents.language_confidence < 0.8, 1, 0), reason := 'language uncertain'),
                    struct_pack(steps := if(documents.word_count < 80, 1, 0), reason := 'short')
                ],
                recursive := true
            )
        from articles
        inner join documents on articles.reference_page_id = documents.page_id
    ),

    final as (
        select
            article_id,
            substr('ABCDEF', 1 + least(sum(steps), 5)::integer, 1) as grade,
            string_agg(reason, '; ' order by reason) filter (where steps > 0) as grade_reasons
        from findings
        group by article_id
    )

select *
from final
