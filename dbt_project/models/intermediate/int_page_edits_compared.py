"""One row per page and page it is compared with, its reference or the version before it: how far the words stayed."""

import pyarrow

from linkage.edits import edit_similarity

ROWS_AT_ONCE = 2_000  # their texts are in memory together: some 20 MB


def model(dbt, session):
    pairs = dbt.ref("int_page_words_compared").project("page_id, other_page_id")  # noqa: F841 - read by name
    documents = dbt.ref("int_documents_accepted").project("page_id, body")  # noqa: F841 - read by name
    bodies = session.sql(
        "select pairs.page_id, pairs.other_page_id, documents.body, others.body from pairs "
        "inner join documents on pairs.page_id = documents.page_id "
        "inner join documents as others on pairs.other_page_id = others.page_id order by 1, 2"
    )
    found = []
    while rows := bodies.fetchmany(ROWS_AT_ONCE):
        found += [(page, other, edit_similarity(body, other_body)) for page, other, body, other_body in rows]
    names = ("page_id", "other_page_id", "edit_similarity")
    types = (pyarrow.string(), pyarrow.string(), pyarrow.float64())
    columns = zip(*found, strict=True) if found else ([], [], [])
    return pyarrow.table(
        {name: pyarrow.array(column, kind) for name, kind, column in zip(names, types, columns, strict=True)}
    )
