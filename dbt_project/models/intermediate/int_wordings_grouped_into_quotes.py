"""One row per wording that may be one quotation with another, with the longest wording it is a form of."""

import pyarrow

from linkage.leaders import leaders


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    pairs = dbt.ref("int_quote_pairs_compared").project("quote_key, other_quote_key, overlap").fetchall()
    met = {key for pair in pairs for key in pair[:2]}
    longest_first = dbt.ref("int_quotes_worded").order("len(shingles) desc, length(text) desc, quote_key")
    wordings = [key for (key,) in longest_first.project("quote_key").fetchall() if key in met]
    leading = leaders(wordings, pairs)
    return pyarrow.table(
        {
            "quote_key": pyarrow.array(leading.keys(), pyarrow.uint64()),
            "leading_quote_key": pyarrow.array(leading.values(), pyarrow.uint64()),
        }
    )
