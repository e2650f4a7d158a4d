"""Gold's own mentions are compared with what an exact string gives."""

from tests.quality.entities import exact_strings, name_in
from tests.quality.entity_scores import resolution_score

TEXT = "in Queens Dr Sol spoke. Queens heard doctor Sol."


def mention(surface, start, chain, kind):
    return {"s": start, "e": start + len(surface), "chain": chain, "type": kind}


ROW = {
    "id": "a",
    "text": TEXT,
    "mentions": [
        mention("in Queens", 0, "q", "LOC"),
        mention("Queens", TEXT.index("Queens heard"), "q", "LOC"),
    ],
}


def test_an_exact_string_joins_what_is_written_alike():
    as_marked = exact_strings([ROW], lambda _, one: (one["s"], one["e"]))
    bare = exact_strings([ROW], lambda row, one: name_in(row["text"], one["s"], one["e"], one["type"]))
    assert [name.entity for name in as_marked["a"]] == ["in Queens", "Queens"]
    assert [name.entity for name in bare["a"]] == ["Queens", "Queens"]
    assert resolution_score([ROW], as_marked).pairs.f1 == 0
    assert resolution_score([ROW], bare).pairs.f1 == 1
