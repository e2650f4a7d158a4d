-- One row per page that gives a time of publication or of its last update.
with
    times as (select * from {{ ref("stg_times") }}),

    chosen as (select * from times where is_chosen and kind in ('published', 'updated')),

    published as (
        select
            page_id,
            time_precision as published_precision,
            time_source as published_source,
            confidence as published_confidence,
            case when time_precision in ('instant', 'minute', 'day') then value_at::date end as published_date,
            case when time_precision in ('instant', 'minute') then value_at end as published_at
        from chosen
        where kind = 'published'
        qualify row_number() over (partition by page_id order by time_no) = 1
    ),

    updated as (
        select page_id, value_at as updated_at
        from chosen
        where kind = 'updated' and time_precision in ('instant', 'minute')
        qualify row_number() over (partition by page_id order by time_no) = 1
    ),

    final as (
        select
            coalesce(published.page_id, updated.page_id) as page_id,
            published.published_precision,
            published.published_source,
            published.published_confidence,
            published.published_date,
            published.published_at,
            updated.updated_at
        from published
        full join updated on published.page_id = updated.page_id
    )

select *
from final
