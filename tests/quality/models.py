"""Builds models of the dbt project over tables of one connection, without a dbt process: what benches time.

SQL, macros, Python models and settings are the project's own; only what dbt itself answers is answered here. A table
that the project keeps is added to when it is there, as in a night.
"""

import importlib.util
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any

import duckdb
import jinja2
import yaml

from nightly.settings import DBT_PROJECT
from tests.quality.sizes import Watch

_MODELS = DBT_PROJECT / "models"
# Where no digests of nights are made: in a bench a night is another one when it has other many pages.
NIGHTS_DIGESTED = "select night, count(*) as digest from int_documents_accepted group by night"
_MACRO = re.compile(r"(\{%-? *macro +)(\w+)")


@cache
def project() -> Mapping[str, Any]:
    """Return what `dbt_project.yml` says."""
    said: dict[str, Any] = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))
    return said


def meta(name: str) -> Mapping[str, Any]:
    """Return the settings that a Python model has of its own."""
    configured = project()["models"]["dateline"]
    for part in _file(name).relative_to(_MODELS).with_suffix("").parts:
        configured = configured.get(part, {})
    settings: Mapping[str, Any] = configured.get("+meta", {})
    return settings


def build(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, float]:
    """Build models one after the other; return the CPU-seconds of each."""
    seconds = {}
    for name in names:
        run = _python_model if _file(name).suffix == ".py" else _sql_model
        with Watch() as watch:
            run(connection, name)
        seconds[name] = watch.seconds
    return seconds


@cache
def _file(name: str) -> Path:
    (file,) = (file for file in _MODELS.rglob(f"{name}.*") if file.suffix in (".py", ".sql"))
    return file


def _python_model(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    dbt = SimpleNamespace(ref=connection.table, config=SimpleNamespace(meta_get=meta(name).__getitem__))
    rows = _function(name)(dbt, connection)
    assert rows is not None  # by this name DuckDB reads it
    connection.execute(f"create or replace table {name} as from rows")


@cache
def _function(name: str) -> Callable[[Any, Any], Any]:
    specification = importlib.util.spec_from_file_location(name, _file(name))
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    found: Callable[[Any, Any], Any] = module.model
    return found


def _sql_model(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    config: dict[str, str] = {}
    environment = _environment(connection, name, config)
    select = environment.from_string(_file(name).read_text("utf-8")).render()
    if not environment.globals["is_incremental"]():
        connection.execute(f"create or replace table {name} as {select}")
        return
    connection.execute(environment.from_string(config["pre_hook"]).render())
    connection.execute(f"insert into {name} by name {select}")


class _Relation(str):
    """A table as dbt's adapter hands it out."""

    database = schema = ""
    type = "table"

    def include(self, **_: bool) -> str:
        return self


def _environment(connection: duckdb.DuckDBPyConnection, name: str, config: dict[str, str]) -> jinja2.Environment:
    """Return what a model is rendered in; what it says of how it is kept goes to `config`."""

    def kept(_database: str, _schema: str, table: str) -> _Relation | None:
        found = connection.execute("from duckdb_tables() where table_name = ?", [table]).fetchall()
        return _Relation(table) if found else None

    return _with_macros(
        {
            "adapter": SimpleNamespace(get_relation=kept),
            "config": lambda **said: config.update(said) or "",
            "execute": True,
            "is_incremental": lambda: config.get("materialized") == "incremental" and kept("", "", name) is not None,
            "ref": lambda name: name,
            "should_full_refresh": lambda: False,
            "this": _Relation(name),
        }
    )


class _Returned(Exception):
    """A macro gives back a value."""


def _return(value: Any) -> None:
    raise _Returned(value)


def _with_macros(answers: Mapping[str, Any]) -> jinja2.Environment:
    """Return an environment with the project's macros and with answers, which stand in for macros of the same name."""
    environment = _bare_environment()
    names, code = _macros()

    def called(macro: str, *arguments: Any, **named: Any) -> Any:
        # In dbt a macro may give back any value; jinja's own give text.
        try:
            return getattr(module, f"macro_{macro}")(*arguments, **named)
        except _Returned as returned:
            return returned.args[0]

    macros = {macro: partial(called, macro) for macro in names}
    environment.globals |= {**macros, "return": _return, "var": project()["vars"].__getitem__, "zip": zip, **answers}
    module = jinja2.Template.from_code(environment, code, environment.globals).module
    return environment


def _bare_environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"])


@cache
def _macros() -> tuple[list[str], CodeType]:
    """Return the names of all macros and their code, in which they call each other from outside, as dbt has them do."""
    source = "".join(file.read_text("utf-8") for file in sorted((DBT_PROJECT / "macros").glob("*.sql")))
    return [name for _, name in _MACRO.findall(source)], _bare_environment().compile(_MACRO.sub(r"\1macro_\2", source))


def macro(name: str) -> Any:
    """Return what a macro of the project gives that asks nothing of a warehouse."""
    return _with_macros({}).globals[name]()
