"""Times the saved questions on a large warehouse while releases are built and flipped: `make bench-serving`.

Readers are processes of their own that connect anew for every question, as tools behind a pool do not, but as the worst
of them do. A read is stale when it began more than a second after a flip and met the release before it. The exit status
is 1 when a bound is missed: reads slower than a second, errors, stale reads, or fewer flips than were asked for.
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
from itertools import pairwise
from math import inf
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from extract.warehouse import fresh_build
from serving.questions import saved_questions
from serving.reading import open_current
from serving.releases import current_release, publish
from tests.quality.resampled import write_resampled

READERS = 4
P95_S = 1.0  # of all reads; what somebody waits for without leaving the page
GRACE_S = 1.0  # after a flip; a reader that began to connect before it may be that late
SEARCH = "21_search"
_MARK = "select nights from marts.build_info"


@dataclass(frozen=True)
class Read:
    """One question asked: when it began, how long it took, what it cost (s), which release answered, or the error."""

    name: str
    began: float
    seconds: float
    cpu_seconds: float
    mark: int
    error: str | None


def read_on(home: Path, until: float, file: Path, start: int) -> None:
    """Ask question after question until the clock says so; write what happened to a file."""
    # DuckDB draws progress bars on standard output, and the settings of a reader's connection are locked.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    questions = [(question.name, question.sql) for question in saved_questions()]
    # Words that stand in one made-up text of twenty; what the sample writes most about stands in half of them.
    questions.append((SEARCH, "select article_id, score from search('lifeboat gala vineyard')"))
    turn, reads = start, []
    while time.time() < until:
        name, sql = questions[turn % len(questions)]
        turn += 1
        began, cpu = time.time(), time.process_time()
        mark, error = -1, None
        try:
            with open_current(home) as connection:
                ((mark,),) = connection.execute(_MARK).fetchall()
                connection.execute(sql).fetchall()
        except Exception as failure:  # noqa: BLE001 every error counts, whatever it is
            error = f"{type(failure).__name__}: {failure}"
        reads.append([name, began, time.time() - began, time.process_time() - cpu, mark, error])
    file.write_text(json.dumps(reads), "utf-8")


def build_and_flip(home: Path, number: int) -> float:
    """Make a build from the current release, as a night does, and publish it; return when readers were sent to it."""
    build = home / "work" / "bench" / "build" / "dateline.duckdb"
    fresh_build(current_release(home).database, build)
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
    by_name: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        by_name[read.name].append(read)
    lines = [f"{'question':40} {'reads':>6} {'p50 s':>7} {'p95 s':>7} {'CPU s':>7}"]
    for name, asked in [*sorted(by_name.items()), ("all", reads)]:
        seconds = [read.seconds for read in asked]
        cpu = sum(read.cpu_seconds for read in asked) / max(len(asked), 1)
        lines.append(f"{name:40} {len(asked):6} {_cut(seconds, 50):7.3f} {_cut(seconds, 95):7.3f} {cpu:7.3f}")
    between = [after - before for (before, _), (after, _) in pairwise(flips)]
    if between:
        lines.append(f"seconds from flip to flip: {min(between):.1f} to {max(between):.1f}")
    return "\n".join([*lines, *[read.error for read in reads if read.error][:5]])


def missed(reads: Sequence[Read], flips: Sequence[tuple[float, int]], wanted: int) -> list[str]:
    """Bounds that the run did not keep, in words; none when all were kept."""
    p95 = _cut([read.seconds for read in reads], 95)
    errors = sum(read.error is not None for read in reads)
    late = stale(reads, flips)
    bounds = [
        (p95 < P95_S, f"p95 {p95:.3f} s, not under {P95_S} s"),
        (not errors, f"{errors} errors"),
        (not late, f"{late} stale reads"),
        (len(flips) >= wanted, f"{len(flips)} flips of {wanted}"),
    ]
    return [words for is_kept, words in bounds if not is_kept]


def _cut(seconds: Sequence[float], percent: int) -> float:
    """A percentile; infinite where there is nothing, which keeps no bound."""
    return quantiles(seconds, n=100)[percent - 1] if len(seconds) > 1 else inf


def run(home: Path, seconds: float, every: float) -> tuple[list[Read], list[tuple[float, int]]]:
    """Let readers read and releases flip for some time; return the reads, and when flips were and what marks them."""
    files = [home / f"reads-{reader}.json" for reader in range(READERS)]
    spawn = multiprocessing.get_context("spawn")
    began = time.time()
    readers = [
        spawn.Process(target=read_on, args=(home, began + seconds, file, 5 * number))
        for number, file in enumerate(files)
    ]
    for reader in readers:
        reader.start()
    flips: list[tuple[float, int]] = []
    while len(flips) < seconds // every and time.time() < began + seconds:
        mark = 1_001 + len(flips)  # more than the sample has nights, so that every release has a mark of its own
        flips.append((build_and_flip(home, mark), mark))
        time.sleep(max(0.0, began + every * len(flips) - time.time()))
    for reader in readers:
        reader.join()
    return [Read(*row) for file in files for row in json.loads(file.read_text("utf-8"))], flips


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
    written, size = time.time(), build.stat().st_size
    (folder / "base.txt").write_text("", "utf-8")
    cpu = time.process_time()
    release = publish(build, home)
    return {
        "articles": release.rows["articles"],
        "written s": round(written - began, 1),
        "published s": round(time.time() - written, 1),
        "published CPU s": round(time.process_time() - cpu, 1),
        "MB before the index": round(size / 1e6),
        "MB of the release": round(release.database.stat().st_size / 1e6),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.bench_serving", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="warehouse of the sample")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=900, help="how long readers read (900)")
    parser.add_argument("--every", type=float, default=60, help="seconds from one build to the next (60)")
    parser.add_argument("--made", type=Path, help="a warehouse that was written before, instead of a new one")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="bench-serving-", dir=os.environ.get("TMPDIR")) as folder:
        home = Path(folder)
        sample = current_release(chosen.home).database
        print(json.dumps(prepare(sample, home, chosen.articles, chosen.made)), flush=True)
        reads, flips = run(home, chosen.seconds, chosen.every)
    print(report(reads, flips))
    faults = missed(reads, flips, int(chosen.seconds // chosen.every))
    said = f"{len(reads)} reads, {len(flips)} flips, "
    print(said + (f"missed: {'; '.join(faults)}" if faults else "no errors, no stale reads: all bounds kept"))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
