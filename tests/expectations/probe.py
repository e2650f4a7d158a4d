"""The gates' own SQL, run over an open build without Great Expectations: fast enough for a hundred planted faults.

That Great Expectations answers the same is a test of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

from expectations import catalogue, dialect

# What a fault is planted into, found in any build that holds a night with a reprint, so that one list of faults serves
# the tiny build and a real one. Each is a variable that the statements read.
VICTIMS = """
set variable night = (
    select max(pages.night) from marts.copies inner join raw.pages on copy_id = page_id where copies.kind = 'near'
);
set variable reprint = (
    select min(copy_id) from marts.copies inner join raw.pages on copy_id = page_id
    where copies.kind = 'near' and pages.night = getvariable('night')
);
set variable reprinted = (select article_id from marts.copies where copy_id = getvariable('reprint'));
set variable lone = (
    select min_by(article_id, (articles.first_night <> getvariable('night'), -word_count, article_id))
    from marts.articles where publications = 1 and articles.first_night = getvariable('night') and completeness = 'full'
);
set variable page = (select reference_page_id from marts.articles where article_id = getvariable('lone'));
set variable older = (
    select min_by(article_id, (first_night, article_id)) from marts.articles
    where publications = 1 and article_id <> getvariable('lone')
);
set variable quarantined = (
    select min(page_id) from raw.pages where night = getvariable('night') and fate = 'quarantined'
);
set variable source = (select source_id from raw.pages where page_id = getvariable('page'));
set variable outlet = (select outlet_id from raw.documents where page_id = getvariable('page'));
"""


@dataclass(frozen=True)
class Finding:
    """An expectation that is not met, and what the gate answers to it: stop or warn."""

    expectation: str
    answer: str
    observed: str


@contextmanager
def rolled_back(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Undo on leaving whatever was written."""
    connection.begin()
    try:
        yield
    finally:
        connection.rollback()


def choose_victims(connection: duckdb.DuckDBPyConnection) -> date:
    """Set the variables that planted faults read; returns the night they are planted into."""
    connection.execute(VICTIMS)
    (night,) = connection.execute("select getvariable('night')").fetchone()
    return night


def run_gate_sql(connection: duckdb.DuckDBPyConnection, gate: str, night: date) -> list[Finding]:
    """What a gate would find in the open build, in the order of its suite; leaves temporary tables behind."""
    variables = catalogue.variables(night)
    for statement in dialect.variable_statements(variables):
        connection.execute(statement)
    for statement in catalogue.load_preparation(gate):
        connection.execute(statement)
    return [finding for item in catalogue.load_suite(gate) if (finding := _judge(connection, item))]


def _judge(connection: duckdb.DuckDBPyConnection, expectation: catalogue.Expectation) -> Finding | None:
    rows = connection.execute(expectation.query).fetchall()
    if expectation.is_measure:
        (measure,) = rows[0]
        low = expectation.at_least is not None and measure < expectation.at_least
        high = expectation.at_most is not None and measure > expectation.at_most
        is_met, observed = not (low or high), f"{measure:.4g}"
    else:
        is_met, observed = not rows, f"{len(rows)} rows, such as {rows[0]}" if rows else ""
    return None if is_met else Finding(expectation.name, expectation.severity, observed)
