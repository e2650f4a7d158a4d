"""From a number to the bytes: `python -m serving.trace article a_... [--home warehouse] [--pages folder]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from serving.errors import ServingError
from serving.reading import open_current
from serving.trace import KINDS, lines, trace

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns 1 when something does not hold or is not there."""
    parser = argparse.ArgumentParser(prog="python -m serving.trace", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("id", help="its id; one that was given up leads to what stands for it today")
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="folder of the warehouse (warehouse)")
    parser.add_argument("--pages", type=Path, help="folder of the page store (pages in the warehouse's folder)")
    chosen = parser.parse_args(arguments)
    try:
        with open_current(chosen.home) as connection:
            traced = trace(connection, chosen.kind, chosen.id, chosen.pages or chosen.home / "pages")
            for line in lines(traced):
                print(line)
    except ServingError as error:
        print(error, file=sys.stderr)
        return 1
    print("every step holds" if not traced.faults else f"{len(traced.faults)} do not hold", file=sys.stderr)
    return 1 if traced.faults else 0


if __name__ == "__main__":
    sys.exit(main())
