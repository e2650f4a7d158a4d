-- A copy joined its group through its own likeness to the reference, never through a
-- neighbour.
with
    recognised as (
        select text_page_id, other_text_page_id
        from {{ ref("int_copies_recognised") }}
        union all
        select other_text_page_id, text_page_id
        from {{ ref("int_copies_recognised") }}
    ),

    copies as (
        select copies.copy_id, documents.text_page_id, reference_documents.text_page_id as reference_text_page_id
        from {{ ref("copies") }} as copies
        inner join {{ ref("int_documents_accepted") }} as documents on copies.copy_id = documents.page_id
        inner join
            {{ ref("int_documents_accepted") }} as reference_documents
            on copies.reference_page_id = reference_documents.page_id
        where copies.kind in ('near', 'excerpt')
    )

select *
from copies
where (text_page_id, reference_text_page_id) not in (select (text_page_id, other_text_page_id) from recognised)
