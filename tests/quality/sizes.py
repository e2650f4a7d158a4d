"""What benches of growing size share: CPU-time, a database of one thread, and a process of its own for each size."""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from nightly.settings import PROJECT

Figures = dict[str, Any]


class Watch:
    """CPU-seconds of this process, all its threads together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> "Watch":
        """Start."""
        self._started = time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and add what passed."""
        self.seconds += time.process_time() - self._started


@contextmanager
def one_thread(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connect to an empty database that DuckDB may take so much memory for; Python and its buffers come on top."""
    with TemporaryDirectory(prefix="dateline-bench-") as folder:
        connection = duckdb.connect(str(Path(folder) / "bench.duckdb"))
        connection.execute(f"set threads = 1; set memory_limit = '{memory}'; set temp_directory = '{folder}/spilled'")
        yield connection
        connection.close()


def memory_mb() -> float:
    """Return the peak of this process's memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(bench: str, *what: str) -> Figures:
    """Let a bench measure one thing in a process of its own, whose peak of memory is its own."""
    command = [sys.executable, "-m", f"tests.quality.{bench}", "--one", *what]
    # One thread each: what counts is the work, not how it is spread.
    environment = os.environ | {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    finished = subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(finished.stdout)
    return figures


def print_by_size(
    bench: str, measure: Callable[[int], Figures], sizes: Sequence[int], header: str, line: Callable[[Figures], str]
) -> int:
    """Run the command of a bench whose sizes are numbers of articles; return its exit status."""
    parser = argparse.ArgumentParser(
        prog=f"python -m tests.quality.{bench}", description=sys.modules["__main__"].__doc__
    )
    parser.add_argument("--sizes", default=",".join(map(str, sizes)), help="articles, with commas between")
    parser.add_argument("--one", type=int, metavar="SIZE", help="measure one and print it as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return 0
    print(f"{'articles':>9} {header}")
    for size in options.sizes.split(","):
        print(f"{size:>9} {line(measured(bench, size))}", flush=True)
    return 0
