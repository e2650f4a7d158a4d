with
    spans as (select * from raw.spans where night = getvariable('night')),

    neighbours as (
        select
            page_id,
            span_no,
            start_offset,
            end_offset,
            length(text) as characters,
            lag(end_offset, 1, 0) over in_order as expected_start,
            row_number() over in_order - 1 as expected_no
        from spans
        window in_order as (partition by page_id order by span_no)
    ),

    final as (
        select *
        from neighbours
        where start_offset <> expected_start or span_no <> expected_no or end_offset - start_offset <> characters
    )

select *
from final
