"""One row per proposed pair of texts that share more than a turn of phrase: what all of their shingles say of them."""

import pyarrow

from linkage.lookup import rows_of_pages
from linkage.overlap import compared

PAIRS_AT_ONCE = 2_048  # what DuckDB hands on at once; their texts are in memory together, some 10 MB

SCHEMA = pyarrow.schema(
    [
        ("page_id", pyarrow.string()),
        ("other_page_id", pyarrow.string()),
        ("text_shingles", pyarrow.int64()),
        ("other_text_shingles", pyarrow.int64()),
        ("text_words", pyarrow.int64()),
        ("other_text_words", pyarrow.int64()),
        ("shared_shingles", pyarrow.int64()),
        ("aligned_words", pyarrow.int64()),
        ("aligned_lead", pyarrow.float64()),
        ("aligned_numbers", pyarrow.int64()),
        ("changed_numbers", pyarrow.int64()),
        ("bridges", pyarrow.int64()),
        ("changed_bridges", pyarrow.int64()),
        ("night", pyarrow.date32()),
    ]
)


def model(dbt, session):
    proposed = dbt.ref("int_text_pairs_proposed")  # noqa: F841 - read by name in the query below
    needed = session.sql("select page_id from proposed union select other_page_id from proposed")
    needed_texts = rows_of_pages(dbt.ref("stg_shingles"), needed)  # noqa: F841 - read by name, too
    # The texts are never all in memory: the join is read as it goes, in no certain order.
    pairs = session.sql(
        """
        with texts as materialized (from needed_texts)
        select
            proposed.page_id,
            proposed.other_page_id,
            proposed.night,
            one.shingles,
            one.number_places,
            one.numbers,
            other.shingles as other_shingles,
            other.number_places as other_number_places,
            other.numbers as other_numbers
        from proposed
        inner join texts as one on proposed.page_id = one.page_id
        inner join texts as other on proposed.other_page_id = other.page_id
        """
    ).to_arrow_reader(PAIRS_AT_ONCE)
    tables = [compared(some_pairs).select(SCHEMA.names).cast(SCHEMA) for some_pairs in pairs]
    rows = pyarrow.concat_tables([SCHEMA.empty_table(), *tables])
    return rows.sort_by([("night", "ascending"), ("page_id", "ascending"), ("other_page_id", "ascending")])
