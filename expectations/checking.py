"""The one door to Great Expectations: runs a suite over a DuckDB file and writes its Data Docs."""

from __future__ import annotations

import contextlib
import io
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

from expectations import dialect
from expectations.report import Checked, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from expectations.catalogue import Expectation

GX_SEVERITY = {"stop": "critical", "warn": "warning"}
ROWS_SHOWN = 3  # in a log line; the gate's page has more
ROWS_KEPT = 10
CHARACTERS_SHOWN = 100  # of one value: enough to find the place, short enough for a log line


def check(
    build_file: Path,
    expectations: list[Expectation],
    variables: dict[str, str | float | date],
    preparation: list[str],
    kept_query: str,
    docs_dir: Path,
) -> Checked:
    """Run expectations over a build file that is opened read-only, and leave it closed.

    Args:
        build_file: DuckDB file; no other process may hold it for writing.
        expectations: What has to hold, all of one gate.
        variables: Values the queries read with `getvariable`.
        preparation: Statements that make temporary tables first.
        kept_query: Query over these whose rows are handed back.
        docs_dir: Folder the Data Docs are written to.

    Returns:
        One outcome per expectation, in their order, and the rows of `kept_query`.
    """
    with _quiet():
        gx = _import_great_expectations()
        context: Any = gx.get_context(mode="ephemeral")
        context.enable_analytics(False)
        context.variables.progress_bars = {"globally": False}
        _add_data_docs(context, docs_dir)
        source = context.data_sources.add_sql(
            "build",
            connection_string=dialect.connection_string(build_file),
            kwargs=dialect.engine_arguments(),
        )
        engine = source.get_execution_engine().engine
        try:
            with engine.connect() as connection:
                for statement in [*dialect.variable_statements(variables), *preparation]:
                    connection.exec_driver_sql(statement)
                results = _run(context, source, expectations)
                rows = [tuple(row) for row in connection.exec_driver_sql(kept_query)]
        finally:
            engine.dispose()
            source.get_engine().dispose()
    outcomes = tuple(_outcome(expectation, results[expectation.name]) for expectation in expectations)
    return Checked(outcomes, tuple(rows))


def _run(context: Any, source: Any, expectations: list[Expectation]) -> dict[str, Any]:
    """Results by expectation name, of one checkpoint over both kinds of query."""
    import great_expectations as gx
    from great_expectations.checkpoint.actions import UpdateDataDocsAction

    gate = expectations[0].gate
    rows = [expectation for expectation in expectations if not expectation.is_measure]
    measures = [expectation for expectation in expectations if expectation.is_measure]
    definitions = []
    if rows:
        night = "select * from raw.nights where night = getvariable('night')"
        definitions.append(_definition(context, source, f"{gate}_rows", night, rows))
    if measures:
        # Both parts come from this package's own files.
        columns = ",\n".join(f"(select measure from (\n{item.query}\n)) as {item.name}" for item in measures)  # noqa: S608
        definitions.append(_definition(context, source, f"{gate}_measures", f"select {columns}", measures))
    checkpoint = context.checkpoints.add(
        gx.Checkpoint(
            name=gate,
            validation_definitions=definitions,
            actions=[UpdateDataDocsAction(name="data_docs", site_names=["local"])],
            result_format="COMPLETE",
        )
    )
    found = checkpoint.run()
    return {
        result.expectation_config.meta["name"]: result
        for validation in found.run_results.values()
        for result in validation.results
    }


def _definition(context: Any, source: Any, name: str, query: str, expectations: list[Expectation]) -> Any:
    import great_expectations as gx

    asset = source.add_query_asset(name, query=_escape_colons(query))
    suite = context.suites.add(gx.ExpectationSuite(name=name))
    for expectation in expectations:
        suite.add_expectation(_gx_expectation(expectation))
    return context.validation_definitions.add(
        gx.ValidationDefinition(name=name, data=asset.add_batch_definition_whole_table("whole"), suite=suite)
    )


def _gx_expectation(expectation: Expectation) -> Any:
    from great_expectations.expectations.core.expect_column_max_to_be_between import ExpectColumnMaxToBeBetween
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

    shared: dict[str, Any] = {
        "severity": GX_SEVERITY[expectation.severity],
        "description": expectation.name.replace("_", " "),
        "meta": {"name": expectation.name},
        "notes": [expectation.why, f"Next step: {expectation.next_step}"],
    }
    if expectation.is_measure:
        return ExpectColumnMaxToBeBetween(
            column=expectation.name,
            min_value=expectation.at_least,
            max_value=expectation.at_most,
            **shared,
        )
    # Ordered, so that the rows that are shown are the same in every run.
    # Great Expectations formats the text with str.format, and SQLAlchemy reads ':name' as a parameter.
    query = _escape_colons(f"{expectation.query}\norder by all").replace("{", "{{").replace("}", "}}")
    return UnexpectedRowsExpectation(unexpected_rows_query=query, **shared)


def _escape_colons(query: str) -> str:
    """Keep SQLAlchemy from reading a parameter into `(?:word`; casts with `::` it leaves alone itself."""
    return re.sub(r"(?<!:):(?=\w)", r"\\:", query)


def _outcome(expectation: Expectation, result: Any) -> Outcome:
    found = result.result or {}
    if "observed_value" not in found or found["observed_value"] is None:
        return Outcome(expectation, False, f"the check could not run: {_error(result)}", could_run=False)
    if expectation.is_measure:
        return Outcome(expectation, bool(result.success), f"{float(found['observed_value']):.4g}")
    rows = found.get("details", {}).get("unexpected_rows", [])[:ROWS_KEPT]
    examples = tuple(", ".join(f"{name}={_shorten(value)}" for name, value in row.items()) for row in rows)
    return Outcome(expectation, bool(result.success), _describe(int(found["observed_value"]), examples), examples)


def _describe(count: int, examples: tuple[str, ...]) -> str:
    head = f"{count} {'row' if count == 1 else 'rows'}"
    return f"{head}, such as {' | '.join(examples[:ROWS_SHOWN])}" if examples else head


def _shorten(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= CHARACTERS_SHOWN else text[: CHARACTERS_SHOWN - 1] + "…"


def _error(result: Any) -> str:
    information = result.exception_info or {}
    details = [information] if "exception_message" in information else list(information.values())
    messages = [str(detail.get("exception_message")) for detail in details if isinstance(detail, dict)]
    return _shorten(messages[0]) if messages else "the query gave no value"


def _add_data_docs(context: Any, docs_dir: Path) -> None:
    context.add_data_docs_site(
        "local",
        {
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs_dir.resolve())},
        },
    )


def _import_great_expectations() -> Any:
    """Import it when a gate runs (5 s), silently: it logs hundreds of INFO lines, and one module sets its own level."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx

    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.ERROR)
    return gx


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep warnings and prints of Great Expectations out of the run's log."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
