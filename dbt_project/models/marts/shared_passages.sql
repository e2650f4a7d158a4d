-- One row per pair of articles that share a passage and are no copies of each other: the
-- fourth level of overlap, a quotation or a paragraph of background.
with
    articles as (select article_id, reference_page_id from {{ ref("articles") }}),

    documents as (select page_id, text_page_id from {{ ref("int_documents_accepted") }}),

    pairs as (select * from {{ ref("int_text_pairs_compared") }}),

    quotes as (select distinct article_id, quote_id from {{ ref("article_quotes") }}),

    references_chosen as (
        select articles.article_id, documents.text_page_id
        from articles
        inner join documents on articles.reference_page_id = documents.page_id
    ),

    sharing as (
        select
            one.article_id < other.article_id as is_in_order,
            if(is_in_order, one.article_id, other.article_id) as article_id,
            if(is_in_order, other.article_id, one.article_id) as other_article_id,
            pairs.shared_shingles / if(is_in_order, pairs.text_shingles, pairs.other_text_shingles) as overlap,
            pairs.shared_shingles / if(is_in_order, pairs.other_text_shingles, pairs.text_shingles) as other_overlap,
            pairs.shared_shingles,
            pairs.night
        from pairs
        inner join references_chosen as one on pairs.page_id = one.text_page_id
        inner join references_chosen as other on pairs.other_page_id = other.text_page_id
        where one.article_id <> other.article_id and pairs.shared_shingles >= {{ var("quoted_shingles") }}
    ),

    shared_quotes as (
        select sharing.article_id, sharing.other_article_id, count(*) as shared_quotes
        from sharing
        inner join quotes on sharing.article_id = quotes.article_id
        inner join
            quotes as others on sharing.other_article_id = others.article_id and quotes.quote_id = others.quote_id
        group by sharing.article_id, sharing.other_article_id
    ),

    final as (
        select
            {{ digest_id("sp", "sharing.article_id || ' ' || sharing.other_article_id") }} as passage_id,
            sharing.article_id,
            sharing.other_article_id,
            'quotation' as level,
            round(sharing.overlap, 4) as overlap_of_article,
            round(sharing.other_overlap, 4) as overlap_of_other_article,
            sharing.shared_shingles,
            coalesce(shared_quotes.shared_quotes, 0) as shared_quotes,
            sharing.night
        from sharing
        left join
            shared_quotes
            on sharing.article_id = shared_quotes.article_id
            and sharing.other_article_id = shared_quotes.other_article_id
    )

select *
from final
