"""The commands `shadow` and `shadow-accept` of `python -m extract`."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from extract.errors import ExtractorError
from extract.extractor import Extractor, accepted_extractor, named_extractor
from extract.names import BACKENDS
from extract.shadow import REPORT, accept, run_shadow
from extract.shadow_report import render

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_WIDTH_OF_FILES = 110  # as the summary of a night
_WORKERS = 2  # what the time limits of a night suppose


def add_to(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands to a parser's commands."""
    shadow = commands.add_parser(
        "shadow", help="read stored pages again with another extractor, and show what would change"
    )
    _add_extractor(shadow)
    shadow.add_argument("--night", type=date.fromisoformat, action="append", default=[], metavar="YYYY-MM-DD",
                        help="only pages of this night (may be repeated)")  # fmt: skip
    shadow.add_argument("--sample", type=_count, metavar="N", help="only N pages, the same ones each time")
    shadow.add_argument(
        "--workers", type=_count, default=_WORKERS, metavar="N", help="processes (default: %(default)s)"
    )
    shadow.set_defaults(run=_shadow)
    accepting = commands.add_parser("shadow-accept", help="let nights read with an extractor that was shown")
    _add_extractor(accepting)
    accepting.set_defaults(run=_accept)


def _add_extractor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--extractor", metavar="NAME", help="an engine mode, or: installed (the code's own settings)")
    parser.add_argument("--cleaner", type=Path, metavar="FILE", help="a trained cleaner (.npz)")
    parser.add_argument("--names", metavar="BACKEND", help=f"what finds names: {' or '.join(BACKENDS)}; the text stays")
    parser.add_argument("--home", type=Path, default=Path("warehouse"), metavar="DIR", help="default: %(default)s")


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _shadow(options: argparse.Namespace) -> int:
    home = _home(options)
    asked = _asked(options)
    extractor = accepted_extractor(home) if asked is None else asked
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading again", total=None)
        shadow = run_shadow(
            home,
            extractor,
            nights=options.night,
            sample=options.sample,
            workers=options.workers,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH_OF_FILES)
    console.print(render(shadow))
    console.print(f" Report: {shadow.folder / REPORT}", markup=False, soft_wrap=True)
    return 0


def _accept(options: argparse.Namespace) -> int:
    asked = _asked(options)
    if asked is None:
        raise ExtractorError("say what to accept: EXTRACTOR=name, CLEANER=file, NAMES=backend, as they were shown")
    Console(highlight=False).print(accept(_home(options), asked), markup=False, soft_wrap=True)
    return 0


def _home(options: argparse.Namespace) -> Path:
    home: Path = options.home.expanduser().absolute()
    return home


def _asked(options: argparse.Namespace) -> Extractor | None:
    """Return the extractor that was named; None when nights' own is meant."""
    if options.extractor is None and options.cleaner is None and options.names is None:
        return None
    return named_extractor(options.extractor, options.cleaner, options.names)
