-- One row per pair of articles that share a quotation or a passage and are no copies of each other: the fourth level
-- of overlap, and digests beside what they hold.
with
    articles as (select article_id, reference_page_id, body, first_night from {{ ref("articles") }}),

    documents as (select page_id, text_page_id from {{ ref("int_documents_accepted") }}),

    pairs as (select * from {{ ref("int_text_pairs_compared") }}),

    digests as (
        select digest_page_id as page_id, part_page_id as other_page_id
        from {{ ref("int_digest_parts_recognised") }}
        union all
        select part_page_id, digest_page_id
        from {{ ref("int_digest_parts_recognised") }}
    ),

    -- A few words in marks are a turn of phrase.
    quotes as (
        select article_id, quote_id, page_id, sum(end_offset - start_offset) as characters
        from {{ ref("article_quotes") }}
        where len({{ words_of("text") }}) >= {{ var("least_shared_quote_words") }}
        group by article_id, quote_id, page_id
    ),

    carried as (select article_id, quote_id, max(characters) as characters from quotes group by article_id, quote_id),

    -- What everyone quotes makes no two of its articles a pair worth a row.
    telling as (
        select *
        from carried
        qualify count(*) over (partition by quote_id) between 2 and {{ var("frequent_quote_articles") }}
    ),

    quoting as (
        select
            one.article_id,
            other.article_id as other_article_id,
            count(*) as shared_quotes,
            sum(one.characters) as characters,
            sum(other.characters) as other_characters
        from telling as one
        inner join telling as other on one.quote_id = other.quote_id and one.article_id < other.article_id
        group by one.article_id, other.article_id
    ),

    references_chosen as (
        select articles.article_id, documents.text_page_id
        from articles
        inner join documents on articles.reference_page_id = documents.page_id
    ),

    compared as (
        select
            one.article_id < other.article_id as is_in_order,
            if(is_in_order, one.article_id, other.article_id) as article_id,
            if(is_in_order, other.article_id, one.article_id) as other_article_id,
            pairs.shared_shingles / if(is_in_order, pairs.text_shingles, pairs.other_text_shingles) as overlap,
            pairs.shared_shingles / if(is_in_order, pairs.other_text_shingles, pairs.text_shingles) as other_overlap,
            pairs.shared_shingles,
            digests.page_id is not null as is_digest,
            pairs.night
        from pairs
        inner join references_chosen as one on pairs.page_id = one.text_page_id
        inner join references_chosen as other on pairs.other_page_id = other.text_page_id
        left join digests on pairs.page_id = digests.page_id and pairs.other_page_id = digests.other_page_id
        where one.article_id <> other.article_id
    ),

    sharing as (
        select
            coalesce(compared.article_id, quoting.article_id) as article_id,
            coalesce(compared.other_article_id, quoting.other_article_id) as other_article_id,
            compared.overlap,
            compared.other_overlap,
            compared.shared_shingles,
            coalesce(quoting.shared_quotes, 0) as shared_quotes,
            quoting.characters,
            quoting.other_characters,
            coalesce(compared.is_digest, false) as is_digest,
            compared.night
        from compared
        full join
            quoting on compared.article_id = quoting.article_id and compared.other_article_id = quoting.other_article_id
        where compared.shared_shingles >= {{ var("quoted_shingles") }} or quoting.shared_quotes > 0
    ),

    final as (
        select
            {{ digest_id("sp", "sharing.article_id || ' ' || sharing.other_article_id") }} as passage_id,
            sharing.article_id,
            sharing.other_article_id,
            case
                when sharing.is_digest then 'digest' when sharing.shared_quotes > 0 then 'quotation' else 'passage'
            end as level,
            -- Texts with so little in common that they were never compared share their quotations and no more.
            round(coalesce(sharing.overlap, least(sharing.characters / length(one.body), 1)), 4) as overlap_of_article,
            round(
                coalesce(sharing.other_overlap, least(sharing.other_characters / length(other.body), 1)), 4
            ) as overlap_of_other_article,
            sharing.shared_shingles,
            sharing.shared_quotes,
            coalesce(sharing.night, greatest(one.first_night, other.first_night)) as night
        from sharing
        inner join articles as one on sharing.article_id = one.article_id
        inner join articles as other on sharing.other_article_id = other.article_id
    )

select *
from final
