"""One row per distinct text with the fullest text it is a copy of; a text that leads is its own."""

import pyarrow

from linkage.leaders import leaders


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    texts = dbt.ref("int_texts_ranked").order("text_rank").project("text_page_id").fetchall()
    copies = dbt.ref("int_copies_recognised").project("text_page_id, other_text_page_id, alignment").fetchall()
    digests = dbt.ref("int_digest_parts_recognised").project("digest_page_id, part_page_id").fetchall()
    reference = leaders([text for (text,) in texts], copies, apart=digests)
    return pyarrow.table(
        {
            "text_page_id": pyarrow.array(reference.keys(), pyarrow.string()),
            "leading_text_page_id": pyarrow.array(reference.values(), pyarrow.string()),
        }
    )
