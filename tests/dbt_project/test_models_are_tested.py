"""Every model that decides something has a unit test; those without one are listed here with the reason."""

import re
from pathlib import Path

MODELS = Path(__file__).parents[2] / "dbt_project" / "models"

AS_THE_SOURCE_HAS_IT = "renames the columns of its raw table and leaves no row out"
AS_IT_WAS = "a copy of another model, read by the next build"
JOINED = "joins on keys that its data tests and foreign keys hold to"
PYTHON = (
    "dbt has no unit tests for Python models; the grouping is tested in tests/linkage, the wiring in test_warehouse"
)

WITHOUT_UNIT_TEST = {
    **{path.stem: AS_THE_SOURCE_HAS_IT for path in (MODELS / "staging").glob("stg_*.sql")},
    "int_articles_compared": AS_IT_WAS,
    "int_nights_compared": AS_IT_WAS,
    "int_stories_compared": AS_IT_WAS,
    "article_quotes": JOINED,
    "articles_flat": JOINED,
    "entity_lineage": AS_THE_SOURCE_HAS_IT,
    "entity_pairs_judged": JOINED,
    "mentions": JOINED,
    "story_articles": JOINED,
    "int_articles_replayed_into_stories": PYTHON,
    "int_entity_names_grouped": PYTHON,
    "int_stories_parted_into_events": PYTHON,
    "int_page_pairs_measured": PYTHON,
    "int_text_pairs_measured": PYTHON,
    "int_texts_grouped_into_articles": PYTHON,
    "int_url_texts_measured": PYTHON,
    "int_wordings_grouped_into_quotes": PYTHON,
}
DECIDES = re.compile(r"\b(where|group by|qualify|case|coalesce|over|distinct|union|min|max|sum|count)\b")


def test_every_model_has_a_unit_test_or_a_reason_to_have_none():
    models = {path.stem for path in MODELS.rglob("*") if path.suffix in {".sql", ".py"}}
    tests = "".join(path.read_text() for path in MODELS.rglob("*unit_tests*.yml"))
    tested = set(re.findall(r"^    model: (\w+)$", tests, re.MULTILINE))

    assert models - tested == set(WITHOUT_UNIT_TEST)


def test_a_model_without_a_unit_test_decides_nothing():
    deciding = {
        path.stem: DECIDES.findall(without_comments(path.read_text()))
        for path in MODELS.rglob("*.sql")
        if path.stem in WITHOUT_UNIT_TEST
    }

    # A flat view of articles picks the publication that carries the reference, of which there is one.
    assert {model: words for model, words in deciding.items() if words} == {"articles_flat": ["where"]}


def test_models_in_python_leave_the_deciding_to_linkage():
    imports = {
        path.stem: re.findall(r"^from linkage\.\w+ import", path.read_text(), re.MULTILINE)
        for path in MODELS.rglob("*.py")
    }

    assert {model for model, found in imports.items() if found} == {
        model for model, reason in WITHOUT_UNIT_TEST.items() if reason == PYTHON
    }


def without_comments(sql: str) -> str:
    return re.sub(r"--.*|\{[%#{].*?[%#}]\}", "", sql)
