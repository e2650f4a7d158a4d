-- One row per accepted page with its canonical URL and the publication it is a version of: a URL of an outlet. A URL
-- that serves another text every day (the weather, a leader) holds a publication each time: what may be another text
-- is one when it keeps next to nothing of the version before.
with
    addressed as (select * from {{ ref("int_pages_addressed") }}),

    others as (
        select page_id from {{ ref("int_url_texts_measured") }} where kept_share < {{ var("least_kept_share") }}
    ),

    -- The first of the pages of one text and its revisions, of all but the first text that the URL had.
    begun as (
        select
            addressed.page_id,
            last_value(others.page_id ignore nulls) over (
                partition by addressed.address order by addressed.version_no
            ) as first_page_id
        from addressed
        left join others on addressed.page_id = others.page_id
        where addressed.version_no is not null
    ),

    final as (
        select
            addressed.page_id,
            {{ digest_id("pub", "concat_ws(' ', addressed.address, begun.first_page_id)") }} as publication_id,
            addressed.canonical_url
        from addressed
        left join begun on addressed.page_id = begun.page_id
    )

select *
from final
