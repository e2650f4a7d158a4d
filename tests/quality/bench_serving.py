"""Times the saved questions on a large warehouse while releases are built and flipped: `make bench-serving`.

Readers are processes of their own that connect anew for every question, as tools behind a pool do not, but as the worst
of them do. A read is stale when it began more than a second after a flip and met the release before it.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from serving.questions import saved_questions
from serving.reading import open_current
from serving.releases import current_release, publish
from tests.quality.resampled import write_resampled

READERS = 4
GRACE_S = 1.0  # after a flip; a reader that began to connect before it may be that late
SEARCH = "21_search"
_MARK = "select nights from marts.build_info"


@dataclass(frozen=True)
class Read:
    """One question asked: when it began and how long it took (s), which release answered, or the error."""

    name: str
    began: float
    seconds: float
    mark: int
    error: str | None


def read_on(home: Path, until: float, file: Path, start: int) -> None:
    """Ask question after question until the clock says so; write what happened to a file."""
    questions = [(question.name, question.sql) for question in saved_questions()]
    questions.append((SEARCH, "select article_id, score from search('ferry reef rescue')"))
    turn, reads = start, []
    while time.time() < until:
        name, sql = questions[turn % len(questions)]
        turn += 1
        began = time.time()
        mark, error = -1, None
        try:
            with open_current(home) as connection:
                ((mark,),) = connection.execute(_MARK).fetchall()
                connection.execute(sql).fetchall()
        except Exception as failure:  # noqa: BLE001 every error counts, whatever it is
            error = f"{type(failure).__name__}: {failure}"
        reads.append([name, began, time.time() - began, mark, error])
    file.write_text(json.dumps(reads), "utf-8")


def build_and_flip(home: Path, number: int) -> float:
    """Make a build from the current release, as a night does, and publish it; return when readers were sent to it."""
    release = current_release(home)
    folder = home / "work" / "bench" / "build"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    build = Path(shutil.copyfile(release.database, folder / "dateline.duckdb"))
    build.chmod(0o644)
    (folder / "base.txt").write_text(release.name, "utf-8")
    with duckdb.connect(str(build)) as connection:
        connection.execute("update marts.build_info set nights = ?", [number])
        connection.execute(
            "update marts.articles set grade = 'A', title = title || ' again' "
            "where article_id in (select article_id from marts.articles order by article_id limit 500 offset ?)",
            [500 * (number % 100)],
        )
    publish(build, home, keep=2)
    return (home / "current").lstat().st_mtime


def stale(reads: Sequence[Read], flips: Sequence[tuple[float, int]]) -> int:
    """Reads that met an older release than the one that was current a moment before they began."""
    return sum(
        read.error is None
        and read.mark < max((mark for when, mark in flips if when + GRACE_S < read.began), default=read.mark)
        for read in reads
    )


def report(reads: Sequence[Read], flips: Sequence[tuple[float, int]]) -> str:
    """What the run showed, as text."""
    by_name: dict[str, list[float]] = defaultdict(list)
    for read in reads:
        by_name[read.name].append(read.seconds)
    lines = [f"{'question':40} {'reads':>6} {'p50 s':>7} {'p95 s':>7}"]
    for name, seconds in [*sorted(by_name.items()), ("all", [read.seconds for read in reads])]:
        cuts = quantiles(seconds, n=20) if len(seconds) > 1 else seconds * 19
        lines.append(f"{name:40} {len(seconds):6} {cuts[9]:7.3f} {cuts[18]:7.3f}")
    errors = [read.error for read in reads if read.error]
    lines.append(f"{len(flips)} flips, {len(errors)} errors, {stale(reads, flips)} stale reads")
    return "\n".join([*lines, *errors[:5]])


def run(home: Path, seconds: float, every: float) -> str:
    """Let readers read and releases flip for some time; return the report."""
    until = time.time() + seconds
    files = [home / f"reads-{reader}.json" for reader in range(READERS)]
    spawn = multiprocessing.get_context("spawn")
    readers = [spawn.Process(target=read_on, args=(home, until, file, 5 * number)) for number, file in enumerate(files)]
    for reader in readers:
        reader.start()
    flips: list[tuple[float, int]] = []
    number = 1_000  # more than the sample has nights, so that every release has a mark of its own
    while (wait := min(every, until - time.time())) > 0:
        began = time.time()
        number += 1
        flips.append((build_and_flip(home, number), number))
        time.sleep(max(0.0, wait - (time.time() - began)))
    for reader in readers:
        reader.join()
    reads = [Read(*row) for file in files for row in json.loads(file.read_text("utf-8"))]
    return report(reads, flips)


def prepare(sample: Path, home: Path, articles: int, made: Path | None) -> dict[str, Any]:
    """Write and publish a warehouse of so many articles; return what that cost."""
    folder = home / "work" / "bench" / "build"
    folder.mkdir(parents=True)
    build = folder / "dateline.duckdb"
    began = time.time()
    if made is None:
        write_resampled(sample, build, articles)
    else:
        shutil.copyfile(made, build)
    written = time.time()
    (folder / "base.txt").write_text("", "utf-8")
    cpu = time.process_time()
    release = publish(build, home)
    return {
        "articles": release.rows["articles"],
        "written s": round(written - began, 1),
        "published s": round(time.time() - written, 1),
        "published CPU s": round(time.process_time() - cpu, 1),
        "MB before the index": round(build.stat().st_size / 1e6),
        "MB of the release": round(release.database.stat().st_size / 1e6),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.bench_serving", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="warehouse of the sample")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=150, help="how long readers read (150)")
    parser.add_argument("--every", type=float, default=60, help="seconds from one build to the next (60)")
    parser.add_argument("--made", type=Path, help="a warehouse that was written before, instead of a new one")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="bench-serving-", dir=os.environ.get("TMPDIR")) as folder:
        home = Path(folder)
        sample = current_release(chosen.home).database
        print(json.dumps(prepare(sample, home, chosen.articles, chosen.made)), flush=True)
        print(run(home, chosen.seconds, chosen.every))
    return 0


if __name__ == "__main__":
    sys.exit(main())
