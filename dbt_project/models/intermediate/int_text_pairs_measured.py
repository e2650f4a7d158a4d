"""One row per proposed pair of texts that share more than a turn of phrase: what all of their shingles say of them."""

import pyarrow

from linkage.overlap import compared, texts_by_page

PAIRS_AT_ONCE = (
    20_000  # their texts are in memory together, some 200 MB; every batch looks for them in the whole history
)

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
    shingles = dbt.ref("stg_shingles")  # noqa: F841 - read by name in the query below
    pairs = dbt.ref("int_text_pairs_proposed")
    proposed = pairs.project("page_id, other_page_id, night").order("night, page_id, other_page_id").to_arrow_table()
    tables = []
    for start in range(0, proposed.num_rows, PAIRS_AT_ONCE):
        some_pairs = proposed.slice(start, PAIRS_AT_ONCE)
        texts = session.sql(
            "select page_id, shingles, number_places, numbers from shingles where page_id in "
            "(select page_id from some_pairs union select other_page_id from some_pairs)"
        ).to_arrow_table()
        rows = compared(zip(*(column.to_pylist() for column in some_pairs.columns), strict=True), texts_by_page(texts))
        tables.append(pyarrow.Table.from_pylist(rows, schema=SCHEMA))
    return pyarrow.concat_tables(tables) if tables else SCHEMA.empty_table()
