"""`make mutate`: plants every fault into a build of the sample nights, says what answered, writes docs/faults.md."""

import shutil
import sys
from contextlib import redirect_stdout, suppress
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from nightly.settings import PROJECT
from nightly.transform import TransformFailed, build
from tests.expectations import mutation
from tests.expectations.faults import ALL, THROUGH
from tests.nights import load_night

PAGE = PROJECT / "docs" / "faults.md"
NIGHTS = (date(2026, 1, 8), date(2026, 1, 9), date(2026, 1, 10))  # those of samples/


def build_sample(home: Path) -> Path:
    """Load the sample nights and build the marts over them, without Airflow; return the build file."""
    for night in NIGHTS:
        build_file = load_night(PROJECT / "samples" / "sources.yml", night, home)
        (home / "current").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build_file, home / "current" / "dateline.duckdb")
    build_quietly(build_file)
    return build_file


def build_quietly(build_file: Path) -> None:
    """Build the models; without what dbt says, and whatever its tests say."""
    with redirect_stdout(StringIO()), suppress(TransformFailed):
        build(build_file)


def main() -> int:
    """Plant, print and write; returns 1 when too few faults are answered as specified or a clean build is loud."""
    with TemporaryDirectory() as folder:
        print("building the sample nights ...", flush=True)
        build_file = build_sample(Path(folder))
        tests = mutation.dbt_tests(build_file.parent / "dbt" / "target" / "manifest.json")
        with mutation.opened(build_file, tests) as laboratory:
            false = laboratory.false_alarms()
            results = [laboratory.plant(fault) for fault in ALL]
        results += mutation.plant_before_the_build(build_file, build_quietly, THROUGH)
    for result in results:
        fired = ", ".join(finding.expectation for finding in result.fired) or "nothing"
        mark = "ok" if result.is_as_specified else "NO"
        print(f"{mark}  {result.fault.kind:56} {result.fault.stage:9} {result.fault.answer:5} {fired[:110]}")
    answered = sum(result.is_as_specified for result in results)
    print(f"\n{answered} of {len(results)} faults answered as specified; the clean build raised {len(false)} findings")
    for finding in false:
        print(f"  {finding.answer} {finding.expectation}: {finding.observed}")
    PAGE.write_text(mutation.page(results), "utf-8")
    return int(bool(false) or answered < mutation.LEAST_ANSWERED * len(results))


if __name__ == "__main__":
    sys.exit(main())
