"""Reads a release whole and prints what it found: run by the Python of another DuckDB, which has that package alone."""

import json
import sys
from pathlib import Path

import duckdb

from serving.questions import answer, saved_questions

RELATIONS = """
    select schema_name, table_name, list(column_name order by column_name) from duckdb_columns()
    where schema_name in ('marts', 'reports') and not internal group by all order by all
"""
COMMENTS = """
    select count(*) from duckdb_columns() where schema_name in ('marts', 'reports') and comment is not null
"""


def reading(database: Path) -> dict[str, object]:
    """Rows and a fingerprint of every mart and report, the answers to the saved questions, and what a search finds."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        rows = {}
        for schema, table, columns in connection.execute(RELATIONS).fetchall():
            # MD5, because versions of DuckDB hash in ways of their own; rows as JSON, because they print in others.
            pairs = ", ".join(f"'{column}': \"{column}\"" for column in columns)
            rows[f"{schema}.{table}"] = connection.execute(
                f"select count(*), sum(md5_number_lower(to_json({{{pairs}}})::varchar)::hugeint)::varchar "
                f'from {schema}."{table}"'
            ).fetchall()[0]
        return {
            "rows": rows,
            "comments": connection.execute(COMMENTS).fetchall()[0][0],
            "answers": {question.name: answer(connection, question) for question in saved_questions()},
            "found": connection.execute("select article_id, score from search('ferry rescue')").fetchall(),
        }


if __name__ == "__main__":
    print(json.dumps({"version": duckdb.__version__, **reading(Path(sys.argv[1]))}))
