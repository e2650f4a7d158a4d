"""Writes docs/glossary.md from the comments a release carries: `python -m nightly.glossary [--home warehouse]`.

The comments are the source: raw tables are described in `extract/schema.sql`, models in the YAML beside them. A test
compares the page with a release of the sample.
"""

import argparse
import sys
from pathlib import Path

from nightly.settings import PROJECT, Settings
from serving.reading import open_current

PAGE = PROJECT / "docs" / "glossary.md"
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
    "spans": "annotate (extract/labels.py, extract/rules.py)",
    "blocks": "parse (extract/blocks.py)",
    "outlet_templates": "learn (extract/learn.py)",
    "times": "annotate (extract/dates.py)",
    "shingles": "annotate (extract/words.py)",
    "terms": "annotate (extract/terms.py)",
    "mentions": "annotate (extract/names.py)",
    "quotes": "annotate (extract/quotes.py)",
    "quality_results": "gate_arrived and gate_built (expectations/ledger.py)",
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
        "Written by `python -m nightly.glossary` from the comments that every release carries. Times are UTC.",
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


def main(arguments: list[str] | None = None) -> int:
    """Write the page; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nightly.glossary", description=__doc__)
    parser.add_argument("--home", type=Path, default=Settings.from_env().home, help="folder of the warehouse")
    PAGE.write_text(glossary(parser.parse_args(arguments).home), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
