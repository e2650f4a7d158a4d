"""One row per pair of pages to compare in this run: words that changed, words that stayed, and shingles in common."""

import pyarrow

from linkage.edits import SCHEMA, compared_pages
from linkage.lookup import rows_of_pages

PAIRS_AT_ONCE = 2_048  # what DuckDB hands on at once; their texts are in memory together, some 20 MB


def model(dbt, session):
    chosen = dbt.ref("int_page_pairs_chosen").filter("is_to_compare")  # noqa: F841 - read by name, as all below
    pages = session.sql("select page_id from chosen union select other_page_id from chosen")
    bodies = rows_of_pages(dbt.ref("stg_documents").project("page_id, body"), pages)  # noqa: F841
    texts = session.sql("select text_page_id as page_id from chosen union select other_text_page_id from chosen")
    shingles = rows_of_pages(dbt.ref("stg_shingles").project("page_id, shingles"), texts)  # noqa: F841
    pairs = session.sql(
        """
        select
            chosen.page_id,
            chosen.other_page_id,
            bodies.body,
            other_bodies.body as other_body,
            shingles.shingles,
            other_shingles.shingles as other_shingles
        from chosen
        inner join bodies on chosen.page_id = bodies.page_id
        inner join bodies as other_bodies on chosen.other_page_id = other_bodies.page_id
        left join shingles on chosen.text_page_id = shingles.page_id
        left join shingles as other_shingles on chosen.other_text_page_id = other_shingles.page_id
        """
    ).to_arrow_reader(PAIRS_AT_ONCE)
    tables = [SCHEMA.empty_table(), *map(compared_pages, pairs)]
    return pyarrow.concat_tables(tables).sort_by([("page_id", "ascending"), ("other_page_id", "ascending")])
