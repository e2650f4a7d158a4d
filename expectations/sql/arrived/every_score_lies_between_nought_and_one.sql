with
    scores as (
        select 'spans' as table_name, page_id, score
        from raw.spans
        where night = getvariable('night')
        union all
        select 'times', page_id, confidence
        from raw.times
        where night = getvariable('night')
        union all
        select 'documents', page_id, cleaning_confidence
        from raw.documents
        where night = getvariable('night')
        union all
        select 'documents', page_id, language_confidence
        from raw.documents
        where night = getvariable('night')
        union all
        select 'documents', page_id, language_share
        from raw.documents
        where night = getvariable('night')
    ),

    final as (select * from scores where not coalesce(score between 0 and 1, false))

select *
from final
