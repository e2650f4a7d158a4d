"""What is expected: suites, bounds and the lexicon, read from the files beside this module.

An expectation is an entry of `suites/<gate>.yml`, in a group that has a runbook, and a query of the same name in
`sql/<gate>/`. The query either returns the rows that should not be there, or, when the entry names a bound with
`at_most` or `at_least`, one row with one column `measure`. Bounds, lexicon patterns and what a word is are read in
SQL with `getvariable('name')`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from expectations.errors import CatalogueError, UnknownGate

if TYPE_CHECKING:
    from datetime import date

HERE = Path(__file__).parent
LEXICON = HERE / "lexicon.yml"
GATES = ("arrived", "built")
# What a gate works out on its way and is worth keeping: the raw table it goes to, and the query that gives its rows.
KEPT = {
    "arrived": (
        "outlet_drift",
        "select getvariable('night') as night, scope, subject_id, figure, value, usual_value, distance, nights, "
        "is_unusual from drift union all by name "
        "select getvariable('night') as night, scope, subject_id, 'silent_nights' as figure, silent_nights as value, "
        "coalesce(longest_silence, 0) as usual_value, "
        "round(getvariable('unusual_distance') * sqrt(expected_pages / telling_pages), 2) as distance, "
        "nights, is_unusual from silences order by scope, subject_id, figure",
    ),
    "built": (
        "quality_findings",
        "select getvariable('night') as night, article_id, outlet_id, category as detector, place from residues "
        "order by article_id, category, place",
    ),
}
SEVERITIES = ("stop", "warn")
# What a word is, to RE2: scripts without spaces count a character as one, or a clause would be a word and an edited
# copy would share none with its reference.
_ALONE = r"\x{3040}-\x{30FF}\x{3400}-\x{4DBF}\x{4E00}-\x{9FFF}\x{F900}-\x{FAFF}"
WORD = rf"[{_ALONE}]|(?:[^\P{{L}}{_ALONE}]|\p{{N}})+"
_GIVEN = ("night", "word")  # variables that are no bounds


@dataclass(frozen=True)
class Bound:
    """A number, and where it came from."""

    name: str
    value: float
    origin: str


@dataclass(frozen=True)
class Expectation:
    """One thing that has to hold at a gate."""

    name: str
    gate: str
    group: str
    severity: str
    query: str
    expected: str
    why: str
    next_step: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_measure(self) -> bool:
        """True when the query measures a number; false when it looks for rows that should not be there."""
        return self.at_least is not None or self.at_most is not None


def load_bounds() -> dict[str, Bound]:
    """Bounds of `bounds.yml` by name."""
    entries = _read_yaml(HERE / "bounds.yml")
    return {name: Bound(name, float(entry["value"]), str(entry["origin"])) for name, entry in entries.items()}


def read_lexicon(file: Path = LEXICON) -> dict[str, list[str]]:
    """Patterns of a lexicon by category."""
    return _read_yaml(file)


def load_lexicon(file: Path = LEXICON) -> dict[str, str]:
    """One regular expression per category of a lexicon, named `lexicon_<category>`.

    The phrases are this package's own: the cleaner never sees them, so that agreeing with it proves something.
    """
    return {
        f"lexicon_{category}": "(?i)(?:" + "|".join(phrases) + ")" for category, phrases in read_lexicon(file).items()
    }


def variables(night: date) -> dict[str, str | float | date]:
    """Everything that queries read with `getvariable`: the night, the bounds, the lexicon and what a word is."""
    bounds = {name: bound.value for name, bound in load_bounds().items()}
    return {"night": night, "word": WORD, **bounds, **load_lexicon()}


def load_preparation(gate: str) -> list[str]:
    """Statements that make the temporary tables the gate's queries share."""
    path = HERE / "sql" / f"prepare_{gate}.sql"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [statement.strip() for statement in text.split(";\n") if statement.strip()]


def load_suite(gate: str) -> list[Expectation]:
    """Expectations of a gate, in the order of its suite file.

    Raises:
        UnknownGate: There is no such gate.
        CatalogueError: A query is missing or belongs to no entry, or a severity or bound is unknown.
    """
    if gate not in GATES:
        raise UnknownGate(f"no gate is called {gate!r}: use one of {', '.join(GATES)}")
    bounds = load_bounds()
    groups = _read_yaml(HERE / "suites" / f"{gate}.yml")
    entries = {name: (group, entry) for group, members in groups.items() for name, entry in members.items()}
    queries = {path.stem: path.read_text(encoding="utf-8").strip() for path in (HERE / "sql" / gate).glob("*.sql")}
    if entries.keys() != queries.keys():
        odd = sorted(entries.keys() ^ queries.keys())
        raise CatalogueError(f"suites/{gate}.yml and sql/{gate}/ do not name the same expectations: {', '.join(odd)}")
    return [_expectation((gate, group), name, entry, queries[name], bounds) for name, (group, entry) in entries.items()]


def _expectation(
    place: tuple[str, str], name: str, entry: dict[str, Any], query: str, bounds: dict[str, Bound]
) -> Expectation:
    if entry["severity"] not in SEVERITIES:
        raise CatalogueError(f"{name}: severity is {entry['severity']!r}, not one of {', '.join(SEVERITIES)}")
    limits: dict[str, str] = {side: entry[side] for side in ("at_least", "at_most") if side in entry}
    used = sorted({*re.findall(r"getvariable\('(\w+)'\)", query), *limits.values()})
    unknown = [
        bound for bound in used if bound not in bounds and bound not in _GIVEN and not bound.startswith("lexicon_")
    ]
    if unknown:
        raise CatalogueError(f"{name}: not in bounds.yml: {', '.join(unknown)}")
    values = {bound: bounds[bound] for bound in used if bound in bounds}
    origins = [f"({bound.name} = {bound.value:g}: {bound.origin}.)" for bound in values.values()]
    return Expectation(
        name=name,
        gate=place[0],
        group=place[1],
        severity=entry["severity"],
        query=query,
        expected=_expected(entry, limits, bounds),
        why=" ".join([str(entry["why"]).strip(), *origins]),
        next_step=str(entry["next_step"]).strip(),
        at_least=bounds[limits["at_least"]].value if "at_least" in limits else None,
        at_most=bounds[limits["at_most"]].value if "at_most" in limits else None,
    )


def _expected(entry: dict[str, Any], limits: dict[str, str], bounds: dict[str, Bound]) -> str:
    if limits:
        words = {"at_least": "at least", "at_most": "at most"}
        return " and ".join(f"{words[side]} {bounds[bound].value:g}" for side, bound in limits.items())
    template = str(entry.get("expected", "no such row"))
    return template.format(**{name: f"{bound.value:g}" for name, bound in bounds.items()})


def _read_yaml(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name} is not a mapping")
    return content
