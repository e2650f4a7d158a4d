"""Writes what the documents quote from a release of the sample: `python -m nightly.handbook [--home warehouse]`.

docs/glossary.md is made of the comments a release carries: raw tables are described in `extract/schema.sql`, models in
the YAML beside them. docs/questions.md shows the saved questions of `serving/questions/` with what the release answers,
README a few of them. A test compares all three.
"""

import argparse
import re
import sys
from pathlib import Path

from rich.console import Console

from nightly.settings import PROJECT, Settings
from serving.query import ask
from serving.questions import Question, saved_questions
from serving.reading import open_current

GLOSSARY = PROJECT / "docs" / "glossary.md"
README = PROJECT / "README.md"
QUESTIONS = PROJECT / "docs" / "questions.md"
_SHOWN = re.compile(r"(<!-- question (?P<name>\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_WIDTH = 100  # of an answer in a document
_LAYERS = {
    "marts": ("Marts: what analysts query", "dbt_project/models/marts/{table}.sql"),
    "reports": ("Reports: flat views for dashboards", "dbt_project/models/reports/{table}.sql"),
    "raw": ("Raw: what the nights brought and what was read from it", None),
}
# The step of a night that fills a raw table, and the module whose rules decide what stands in it.
_RAW_MAKERS = {
    "nights": "load (extract/night.py)",
    "outlets": "load (extract/sources.py)",
    "pages": "collect, parse and annotate (extract/night.py)",
    "documents": "annotate (extract/annotate.py)",
    "page_urls": "parse (extract/addresses.py)",
    "spans": "annotate (extract/labels.py, extract/rules.py)",
    "blocks": "parse (extract/blocks.py)",
    "outlet_templates": "learn (extract/learn.py)",
    "times": "annotate (extract/time_choice.py)",
    "titles": "annotate (extract/titles.py)",
    "credits": "annotate (extract/credits.py, extract/bylines.py)",
    "agencies": "load (extract/agencies.yml, extract/sources.py)",
    "knowledge": "load (extract/knowledge)",
    "knowledge_names": "load (extract/knowledge)",
    "common_words": "load (extract/knowledge)",
    "nicknames": "load (extract/knowledge)",
    "shingles": "annotate (extract/words.py)",
    "terms": "annotate (extract/terms.py)",
    "mentions": "annotate (extract/names)",
    "role_claims": "annotate (extract/names/roles.py)",
    "quotes": "annotate (extract/quotes)",
    "quality_results": "gate_arrived and gate_built (expectations/ledger.py)",
    "quality_findings": "gate_built (expectations/sql/prepare_built.sql)",
    "outlet_drift": "gate_arrived (expectations/sql/prepare_arrived.sql)",
}
_COLUMNS = """
select columns.table_name, columns.column_name, columns.data_type, columns.comment
from duckdb_columns() as columns
where columns.database_name = current_database() and columns.schema_name = $layer
order by columns.table_name, columns.column_index
"""
_TABLES = """
select table_name, comment from duckdb_tables() where database_name = current_database() and schema_name = $layer
union all
select view_name, comment from duckdb_views() where database_name = current_database() and schema_name = $layer
order by all
"""


def glossary(home: Path) -> str:
    """Return the page for the current release of a warehouse, as Markdown."""
    lines = [
        "# Glossary: every column, what it means and who makes it",
        "",
        "Written by `python -m nightly.handbook` from the comments that every release carries. Times are UTC.",
    ]
    with open_current(home) as connection:
        for layer, (heading, model) in _LAYERS.items():
            lines += ["", f"## {heading}"]
            columns: dict[str, list[str]] = {}
            for table, column, kind, comment in connection.execute(_COLUMNS, {"layer": layer}).fetchall():
                columns.setdefault(table, []).append(f"| `{column}` | {kind} | {_one_line(comment)} |")
            for table, comment in connection.execute(_TABLES, {"layer": layer}).fetchall():
                maker = f"`{model.format(table=table)}`" if model else _RAW_MAKERS[table]
                lines += ["", f"### {layer}.{table}", "", f"{_one_line(comment)} Made by {maker}.", ""]
                lines += ["| column | type | meaning |", "|---|---|---|", *columns[table]]
    return "\n".join(lines) + "\n"


def _one_line(comment: str | None) -> str:
    return " ".join((comment or "").split()).replace("|", "\\|")


def answered(page: str, home: Path) -> str:
    """Return a page in which every place kept for a saved question shows it, with what the current release answers."""
    questions = {question.name: question for question in saved_questions()}

    def shown(match: re.Match[str]) -> str:
        question = questions[match["name"]]
        return f"{match[1]}**{question.question}**\n\n{_with_answer(question, home)}{match[3]}"

    return _SHOWN.sub(shown, page)


def questions_page(home: Path) -> str:
    """Return the page of all saved questions, as Markdown."""
    lines = [
        "# Twenty questions, and what the sample answers",
        "",
        "Written by `python -m nightly.handbook` from `serving/questions/`: each a file to be copied and changed,",
        "of at most two joins and 400 characters. The copy in PostgreSQL gives the same answers",
        "([serving.md](serving.md)).",
    ]
    for question in saved_questions():
        lines += ["", f"## {question.number}. {question.question}", ""]
        lines += [question.notes, ""] if question.notes else []
        lines.append(_with_answer(question, home).rstrip("\n"))
    return "\n".join(lines) + "\n"


def _with_answer(question: Question, home: Path) -> str:
    console = Console(width=_WIDTH, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(ask(home, question.sql, width=_WIDTH))
    lines = [line.rstrip() for line in captured.get().splitlines()]
    answer = "\n".join(line for line in lines if line)
    return f"```sql\n{question.sql}\n```\n```text\n{answer}\n```\n"


def main(arguments: list[str] | None = None) -> int:
    """Write the pages; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nightly.handbook", description=__doc__)
    parser.add_argument("--home", type=Path, default=Settings.from_env().home, help="folder of the warehouse")
    home = parser.parse_args(arguments).home
    GLOSSARY.write_text(glossary(home), "utf-8")
    QUESTIONS.write_text(questions_page(home), "utf-8")
    README.write_text(answered(README.read_text("utf-8"), home), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
