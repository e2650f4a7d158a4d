"""How much of what sites say around their articles the gates' lexicon knows: `python -m tests.quality.lexicon_recall`.

Lines of the dumps that gold rejects are furniture, lines that it keeps are the article. Sites are in one of two
halves, by a hash of their name: phrases are taken from what the half `read` shows, and judged by the half `unread`,
which nobody who writes the lexicon may look into. Which kind a rejected line is of, a word of its kind says; most
(headlines of other articles, names of sections) are of none, and no list of phrases can know them.
"""

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations import catalogue
from tests.quality.data import Row, evaluation_folder, find_sets, usable_dumps

REJECTED, KEPT = 0, 1  # labels of the dumps; titles, bylines and the like have others and are left out
# Words that tell what a rejected line is about, wider than any phrase of the lexicon.
KINDS = {
    "access": r"subscri|abonn|suscri|sign in|log ?in|register|account|member",
    "newsletter": r"newsletter|inbox|sign up",
    "share": r"share|teilen|partager|compart|facebook|twitter|whatsapp|linkedin",
    "comments": r"comment|kommentar|comentario",
    "teaser": r"read more|read next|recommend|related|more from|might also|mehr zum|most read|min read",
    "terms": r"privacy|cookie|terms of|conditions|datenschutz|reserved|copyright|©",
    "advertising": r"advert|sponsor|anzeige|publicidad|affiliate|commission",
    "credits": r"image|photo|getty|foto|bild:",
}
ALL = "all"


@dataclass(frozen=True)
class Line:
    """A line of a site, counted once per site and fate."""

    half: str
    site: str
    is_kept: bool
    text: str


@dataclass(frozen=True)
class Matched:
    """Lines of a kind, and how many of them the lexicon matches."""

    lines: int
    matched: int

    @property
    def share(self) -> float:
        """Matched lines of all; 0 where there are none."""
        return self.matched / self.lines if self.lines else 0.0


def half_of(site: str) -> str:
    """Return the half a site belongs to."""
    return ("read", "unread")[hashlib.sha256(site.encode()).digest()[0] % 2]


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """Return the lines of dumps that gold keeps or rejects, once per site."""
    found = {
        Line(half_of(row["site"]), row["site"], label == KEPT, line.strip())
        for row in rows
        for line, label in zip(row["lines"], row["labels"], strict=True)
        if label in (KEPT, REJECTED) and line.strip()
    }
    return sorted(found, key=lambda line: (line.half, line.site, line.is_kept, line.text))


def matches(texts: Sequence[str], patterns: Mapping[str, str]) -> list[bool]:
    """Tell of each text whether a pattern matches it, by the engine that the gates use."""
    with duckdb.connect(":memory:") as connection:
        connection.execute("create table texts (text_no bigint, text varchar)")
        connection.execute("insert into texts select unnest(range(len($1))), unnest($1)", [list(texts)])
        hits = ["regexp_matches(text, ?)" for _ in patterns]  # the patterns themselves are parameters
        query = f"select {' or '.join(hits)} from texts order by text_no"
        return [hit for (hit,) in connection.execute(query, list(patterns.values())).fetchall()]


def measure(lines: Sequence[Line], patterns: Mapping[str, str]) -> dict[tuple[str, str, bool], Matched]:
    """Count lines and matches by half, kind and whether gold keeps them; a line may be of several kinds."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    matched: Counter[tuple[str, str, bool]] = Counter()
    for line, hit in zip(lines, matches([line.text for line in lines], patterns), strict=True):
        for kind in [ALL, *(kind for kind, cue in KINDS.items() if re.search(cue, line.text.lower()))]:
            counts[line.half, kind, line.is_kept] += 1
            matched[line.half, kind, line.is_kept] += hit
    return {key: Matched(count, matched[key]) for key, count in counts.items()}


def table(measured: Mapping[tuple[str, str, bool], Matched], half: str) -> str:
    """Return a half's figures as a table in Markdown."""
    head = "| kind | rejected lines | matched | kept lines | matched |\n|---|---|---|---|---|\n"
    none = Matched(0, 0)
    rows = []
    for kind in [*KINDS, ALL]:
        rejected, kept = (measured.get((half, kind, is_kept), none) for is_kept in (False, True))
        alarms = f"{kept.matched} ({kept.share:.4f})"
        rows.append(f"| {kind} | {rejected.lines:,} | {rejected.share:.3f} | {kept.lines:,} | {alarms} |")
    return head + "\n".join(rows)


def main() -> None:
    """Print both halves, by the lexicon of the gates or by another one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lexicon", type=Path, default=catalogue.LEXICON, help="another one, such as an earlier one")
    patterns = catalogue.load_lexicon(parser.parse_args().lexicon)
    dumps = [one for one in find_sets(evaluation_folder()) if one.task == "dumps"]
    measured = measure(lines_of(row for one in dumps for row in usable_dumps(one.rows)), patterns)
    for half in ("read", "unread"):
        print(f"{half}\n\n{table(measured, half)}\n")


if __name__ == "__main__":
    main()
