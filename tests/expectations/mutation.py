"""Plants every fault into a build, one at a time, and writes down what answered."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.expectations import probe
from tests.expectations.faults import Fault
from tests.expectations.probe import Finding

LEAST_ANSWERED = 0.95  # share of the faults that has to be answered as specified
STAGES = {
    "arrived": "gate `arrived`",
    "through": "build, gate `built`",
    "contract": "the marts' contract",
    "tests": "dbt's tests",
    "built": "gate `built`",
}


@dataclass(frozen=True)
class Result:
    """A fault, and everything that fired for it."""

    fault: Fault
    fired: tuple[Finding, ...]

    @property
    def answer(self) -> str:
        """The loudest answer: stop, warn, or nothing."""
        answers = {finding.answer for finding in self.fired}
        return "stop" if "stop" in answers else "warn" if answers else "nothing"

    @property
    def is_as_specified(self) -> bool:
        """What was to find it is among what fired, and the run goes on or stops as it should."""
        return self.answer == self.fault.answer and self.fault.expects in {
            finding.expectation for finding in self.fired
        }


@contextmanager
def opened(build_file: Path, tests: Mapping[str, str]) -> Iterator["Laboratory"]:
    """A laboratory on a copy of a build, which goes with it.

    Args:
        build_file: The clean build; not touched.
        tests: SQL of dbt's tests, see `dbt_tests`; without any, faults of that stage go unanswered.
    """
    with TemporaryDirectory() as folder:
        name = "dateline.duckdb"  # dbt's compiled tests name the database after its file
        whole, bare = Path(folder) / name, Path(folder) / "bare" / name
        bare.parent.mkdir()
        for file in (whole, bare):
            shutil.copyfile(build_file, file)
        with duckdb.connect(str(whole)) as with_contract, duckdb.connect(str(bare)) as without:
            _take_constraints_off(without)
            yield Laboratory(with_contract, without, tests, probe.choose_victims(without))


def _take_constraints_off(connection: duckdb.DuckDBPyConnection) -> None:
    """The contract of the marts is a net of its own, and would hide what the others catch."""
    tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    for (table,) in tables:
        connection.execute(f"create table bare_{table} as from marts.{table}")
    connection.execute("drop schema marts cascade; create schema marts")
    for (table,) in tables:
        connection.execute(f"create table marts.{table} as from bare_{table}; drop table bare_{table}")


def dbt_tests(manifest_file: Path) -> dict[str, str]:
    """SQL of dbt's data tests by name, as compiled for a build; each selects the rows that should not be there."""
    nodes = json.loads(manifest_file.read_text("utf-8"))["nodes"].values()
    return {node["name"]: node["compiled_code"] for node in nodes if node["resource_type"] == "test"}


def plant_before_the_build(build_file: Path, build: Callable[[Path], None], faults: list[Fault]) -> list[Result]:
    """Plant faults into the raw rows of a copy of a build, build the models anew, and see what gate 2 says.

    Args:
        build_file: The clean build; not touched.
        build: Builds every model into a file; what its tests say is left to them.
        faults: Faults that do not meet in one page.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "build" / "dateline.duckdb"
        copy.parent.mkdir()
        shutil.copyfile(build_file, copy)
        with duckdb.connect(str(copy)) as connection:
            night = probe.choose_victims(connection)
            for fault in faults:
                connection.execute(fault.plant)
        build(copy)
        with duckdb.connect(str(copy)) as connection:
            found = probe.run_gate_sql(connection, "built", night)
    return [Result(fault, tuple(item for item in found if item.expectation == fault.expects)) for fault in faults]


@dataclass(frozen=True)
class Laboratory:
    """A build to plant faults into, with its contract and without."""

    with_contract: duckdb.DuckDBPyConnection
    without: duckdb.DuckDBPyConnection
    tests: Mapping[str, str]
    night: date

    def plant(self, fault: Fault) -> Result:
        """Plant a fault, see what fires, and undo it.

        Raises:
            ValueError: The fault's statements do not fit the build.
        """
        if fault.stage == "contract":
            return Result(fault, tuple(self._refusal(fault)))
        with probe.rolled_back(self.without):
            try:
                self.without.execute(fault.plant)
            except duckdb.Error as error:
                raise ValueError(f"cannot plant {fault.kind!r}: {error}\n{fault.plant}") from error
            return Result(fault, tuple(self._findings(fault.stage, self.night)))

    def false_alarms(self) -> list[Finding]:
        """What fires on the build as it is, on any of its nights."""
        found = self._findings("tests", self.night)
        nights = self.without.execute("select night from raw.nights order by night").fetchall()
        for (night,) in nights:
            for gate in ("arrived", "built"):
                with probe.rolled_back(self.without):
                    found += self._findings(gate, night)
        probe.choose_victims(self.without)
        return found

    def _findings(self, stage: str, night: date) -> list[Finding]:
        if stage == "tests":
            counts = {name: _one(self.without, f"select count(*) from ({sql}\n)") for name, sql in self.tests.items()}
            return [Finding(name, "stop", f"{rows} rows") for name, rows in counts.items() if rows]
        return probe.run_gate_sql(self.without, stage, night)

    def _refusal(self, fault: Fault) -> list[Finding]:
        probe.choose_victims(self.with_contract)
        try:
            with probe.rolled_back(self.with_contract):
                self.with_contract.execute(fault.plant)
        except duckdb.ConstraintException as refused:
            kinds = [kind for kind in ("not null", "primary key", "foreign key") if kind in str(refused).lower()]
            return [Finding(kind, "stop", str(refused)) for kind in kinds[:1]]
        return []


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    (value,) = connection.execute(query).fetchone()
    return value


def page(results: list[Result]) -> str:
    """docs/faults.md: what was planted and what answered."""
    kinds = len({result.fault.kind for result in results})
    answered = sum(result.is_as_specified for result in results)
    head = f"""# Planted faults

Written by `make mutate`, which plants {len(results)} faults of {kinds} kinds into a build of the sample nights, one
at a time, and looks at what answers. {answered} of {len(results)} are answered as specified (at least
{LEAST_ANSWERED:.0%} have to be); the build without faults raises nothing on any of its nights. In bold what was to
find the fault; what else fired is named beside it.

- **gate `arrived`**: planted into the raw rows of a loaded night, before the build.
- **build, gate `built`**: planted into the raw rows, all at once and each into a page of its own; then the models are
  built over them. What else fired belongs to them all and is not shown: asked is whether each is seen and how loudly.
- **the marts' contract**: written into the marts with their keys and constraints, which refuse it.
- **dbt's tests**, **gate `built`**: planted into built marts, constraints taken off.

| fault | net | to answer | what fired | as specified |
|---|---|---|---|---|
"""
    return head + "\n".join(map(_row, results)) + "\n"


def _row(result: Result) -> str:
    others = [finding.expectation for finding in result.fired if finding.expectation != result.fault.expects]
    has_fired = len(others) < len(result.fired)
    fired = [f"**{result.fault.expects}**"] * has_fired + others[:2]
    more = f" and {len(others) - 2} more" if len(others) > 2 else ""
    shown = ", ".join(fired) + more if fired else "nothing"
    is_met = "yes" if result.is_as_specified else "NO"
    return f"| {result.fault.kind} | {STAGES[result.fault.stage]} | {result.fault.answer} | {shown} | {is_met} |"
