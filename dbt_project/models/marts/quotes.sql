-- One row per distinct quotation; the speaker is the one most articles name.
with
    resolved as (select * from {{ ref("int_quotes_resolved") }}),

    speakers as (
        select quote_id, speaker
        from resolved
        where speaker is not null
        group by quote_id, speaker
        qualify
            row_number() over (
                partition by quote_id order by count(distinct article_id) desc, length(speaker) desc, speaker
            )
            = 1
    ),

    grouped as (
        select
            quote_id,
            min_by(text, (night, page_id, quote_no)) as text,
            min_by(verb, (night, page_id, quote_no)) filter (where verb is not null) as verb,
            count(distinct article_id) as articles,
            count(distinct publication_id) as publications
        from resolved
        group by quote_id
    ),

    final as (
        select grouped.quote_id, grouped.text, speakers.speaker, grouped.verb, grouped.articles, grouped.publications
        from grouped
        left join speakers on grouped.quote_id = speakers.quote_id
    )

select *
from final
