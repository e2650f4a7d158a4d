-- Per outlet: a template change that the extraction does not survive shows as bodies
-- that shrink overnight.
with
    documents as (select * from raw.documents where outlet_id is not null),

    nightly as (
        select outlet_id, night, median(word_count) as median_words, count(*) as documents
        from documents
        where night <= getvariable('night') and night >= getvariable('night') - getvariable('history_nights')::integer
        group by outlet_id, night
        having count(*) >= getvariable('fewest_documents_for_a_median')
    ),

    usual as (
        select outlet_id, count(*) as nights, min(median_words) as shortest
        from nightly
        where night < getvariable('night')
        group by outlet_id
        having count(*) >= getvariable('warm_up_nights')
    ),

    final as (
        select nightly.outlet_id, nightly.median_words, usual.shortest, nightly.documents, usual.nights
        from nightly
        inner join usual on nightly.outlet_id = usual.outlet_id
        where
            nightly.night = getvariable('night') and nightly.median_words < usual.shortest * getvariable('quiet_factor')
    )

select *
from final
