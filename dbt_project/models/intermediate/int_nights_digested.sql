-- One row per night with a digest of the texts it brought; a night with another
-- digest is compared again.
with
    nights as (select * from {{ ref("stg_nights") }}),

    documents as (select * from {{ ref("int_documents_accepted") }}),

    texts as (
        select
            night,
            count(*) as documents,
            bit_xor(hash(page_id, outlet_id, body_sha256, title, published_date)) as rows_digest
        from documents
        group by night
    ),

    final as (
        select
            md5(
                concat_ws(
                    ' ', nights.extractor_version, texts.documents, texts.rows_digest, '{{ comparison_settings() }}'
                )
            ) as digest,
            nights.night
        from nights
        left join texts on nights.night = texts.night
    )

select *
from final
