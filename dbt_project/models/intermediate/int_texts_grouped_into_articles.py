"""One row per distinct text with the fullest text it is a copy of; a text that leads is its own."""

import pyarrow

from linkage.leaders import leaders


def model(dbt, session):
    represented = dbt.ref("int_texts_represented")  # noqa: F841 - read by name in the queries below
    copies = dbt.ref("int_copies_recognised").project("text_page_id, other_text_page_id, alignment")
    # Most texts have no copy: they lead themselves and need not be put in order.
    texts = session.sql(
        """
        select text_page_id
        from represented
        where text_page_id in (select text_page_id from copies union all select other_text_page_id from copies)
        order by word_count desc, published_at asc nulls last, text_page_id
        """
    ).fetchall()
    digests = dbt.ref("int_digest_parts_recognised").project("digest_page_id, part_page_id").fetchall()
    reference = leaders([text for (text,) in texts], copies.fetchall(), apart=digests)
    led = pyarrow.table(  # noqa: F841 - read by name, too
        {
            "text_page_id": pyarrow.array(reference.keys(), pyarrow.string()),
            "leading_text_page_id": pyarrow.array(reference.values(), pyarrow.string()),
        }
    )
    return session.sql(
        """
        select
            represented.text_page_id,
            coalesce(led.leading_text_page_id, represented.text_page_id) as leading_text_page_id
        from represented
        left join led on represented.text_page_id = led.text_page_id
        """
    )
