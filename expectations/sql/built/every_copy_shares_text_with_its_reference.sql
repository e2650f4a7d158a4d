-- Five-word runs of the two clean texts, counted anew. An update may be rewritten:
-- its URL makes it the same article. An older copy is looked at again when its article
-- has a page of the night or another reference.
with
    copies as (
        select *
        from marts.copies
        where
            kind not in ('reference', 'update')
            and (
                article_id in (select article_id from tonights_articles)
                or reference_page_id in (select page_id from raw.pages where night = getvariable('night'))
            )
    ),

    words as (
        select page_id, regexp_extract_all(lower(body), getvariable('word')) as words
        from raw.documents
        where page_id in (select copy_id from copies) or page_id in (select reference_page_id from copies)
    ),

    paired as (
        select
            copies.copy_id,
            copies.article_id,
            copies.kind,
            copy_words.words as copy_words,
            reference_words.words as reference_words
        from copies
        left join words as copy_words on copies.copy_id = copy_words.page_id
        left join words as reference_words on copies.reference_page_id = reference_words.page_id
    ),

    runs as (
        select
            copy_id,
            article_id,
            kind,
            list_distinct(
                [array_to_string(copy_words[i:i + 4], ' ') for i in range(1, greatest(len(copy_words) - 3, 2))]
            ) as copy_runs,
            list_distinct(
                [
                    array_to_string(reference_words[i:i + 4], ' ')
                    for i in range(1, greatest(len(reference_words) - 3, 2))
                ]
            ) as reference_runs
        from paired
    ),

    shares as (
        select
            copy_id,
            article_id,
            kind,
            coalesce(len(list_intersect(copy_runs, reference_runs)) / len(copy_runs), 0) as share_in_reference
        from runs
    ),

    final as (select * from shares where share_in_reference < getvariable('copy_overlap_floor'))

select *
from final
