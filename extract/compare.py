"""Two readings of one page side by side: what the stored one says, what another extractor says. Pure.

Words count as kept when they stand in a run of four words that both bodies have, each run used once: moved paragraphs
are kept, a paragraph that is said twice and then once is lost once, and the work grows with the length only.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from extract.model import AnnotatedPage, Fate, Page
from extract.words import SHINGLE_WORDS, placed_words

_TEXTS_SHOWN = 3
_TEXT_CHARACTERS = 600  # a long paragraph; the report is to be read


class Change(StrEnum):
    """What would become of a page."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEWLY_ACCEPTED = "newly_accepted"
    NEWLY_QUARANTINED = "newly_quarantined"
    FAILED = "failed"  # could not be compared


@dataclass(frozen=True, slots=True)
class Reading:
    """What one extractor made of a page; all but fate and reason is None without a document."""

    fate: str
    reason: str | None
    outlet_id: str | None = None
    title: str | None = None
    standfirst: str | None = None
    body: str | None = None
    byline: str | None = None
    agency: str | None = None
    published: str | None = None  # value and precision
    kind: str | None = None
    completeness: str | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a page that would say something else; the body is told apart, in words."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PageComparison:
    """A row of `pages.parquet`: a page under both extractors."""

    night: date
    page_id: str
    outlet_id: str
    source_id: str
    origin: str
    url: str | None
    media: str
    content_sha256: str
    change: str
    agreement: float  # share of both bodies' words that both have, 0 to 1; 1 without any body
    words_before: int
    words_after: int
    words_lost: int
    words_gained: int
    lost: list[str]  # the longest stretches, longest first
    gained: list[str]
    fields: list[FieldChange]
    detail: str | None  # why it is quarantined now, or why it failed


def reading_of(annotated: AnnotatedPage) -> Reading:
    """Return what was just read from a page."""
    page, document = annotated.page, annotated.document
    if document is None:
        return Reading(page.fate, page.reason)
    published = next((time for time in annotated.times if time.is_chosen and time.kind == "published"), None)
    return Reading(
        fate=page.fate,
        reason=page.reason,
        outlet_id=document.outlet_id,
        title=document.title,
        standfirst=document.standfirst,
        body=document.body,
        byline=document.byline,
        agency=document.agency,
        published=f"{published.value_at:%Y-%m-%d %H:%M:%S} ({published.precision})" if published else None,
        kind=document.kind,
        completeness=document.completeness,
    )


def compare(page: Page, before: Reading, after: Reading, detail: str | None = None) -> PageComparison:
    """Return what would change on a page; `detail` says why it is quarantined now."""
    old, new = before.body or "", after.body or ""
    old_words, new_words = _Words.of(old), _Words.of(new)
    old_kept, new_kept = _kept(old_words.words, new_words.words), _kept(new_words.words, old_words.words)
    total = len(old_kept) + len(new_kept)
    changed = _changed_fields(before, after)
    return PageComparison(
        **_identity(page, before.outlet_id or after.outlet_id),
        change=_change(before, after, changed),
        agreement=round((sum(old_kept) + sum(new_kept)) / total, 4) if total else 1.0,
        words_before=len(old_kept),
        words_after=len(new_kept),
        words_lost=old_kept.count(False),
        words_gained=new_kept.count(False),
        lost=old_words.stretches(old_kept),
        gained=new_words.stretches(new_kept),
        fields=[change for change in changed if change.name != "body"],
        detail=detail,
    )


def failed(page: Page, before: Reading, cause: str) -> PageComparison:
    """Return the comparison of a page that could not be read again."""
    return PageComparison(
        **_identity(page, before.outlet_id),
        change=Change.FAILED.value,
        agreement=0.0,
        words_before=len(_Words.of(before.body or "").words),
        words_after=0,
        words_lost=0,
        words_gained=0,
        lost=[],
        gained=[],
        fields=[],
        detail=cause,
    )


def _identity(page: Page, outlet_id: str | None) -> dict[str, Any]:
    names = ("night", "page_id", "source_id", "origin", "url", "media", "content_sha256")
    return {name: getattr(page, name) for name in names} | {"outlet_id": outlet_id or page.given_outlet or "(unknown)"}


def _changed_fields(before: Reading, after: Reading) -> list[FieldChange]:
    pairs = [(item.name, getattr(before, item.name), getattr(after, item.name)) for item in fields(Reading)]
    if before.fate != after.fate:  # the rest of a document comes or goes with it
        pairs = pairs[:2]
    return [FieldChange(name, old, new) for name, old, new in pairs if old != new]


def _change(before: Reading, after: Reading, changed: Sequence[FieldChange]) -> str:
    if before.fate == after.fate:
        return (Change.CHANGED if changed else Change.UNCHANGED).value
    return (Change.NEWLY_ACCEPTED if after.fate == Fate.ACCEPTED else Change.NEWLY_QUARANTINED).value


@dataclass(frozen=True, slots=True)
class _Words:
    """A text in its normal form, its words, and where they stand in it."""

    text: str
    words: list[str]
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "_Words":
        normal = unicodedata.normalize("NFKC", text)
        placed = placed_words(normal)
        return cls(normal, [word for word, _, _ in placed], [(start, end) for _, start, end in placed])

    def stretches(self, kept: Sequence[bool]) -> list[str]:
        """Return the longest runs of words that are not kept, as they were written."""
        runs: list[tuple[int, int]] = []
        for index, is_kept in enumerate(kept):
            if is_kept:
                continue
            if runs and runs[-1][1] == index - 1:
                runs[-1] = (runs[-1][0], index)
            else:
                runs.append((index, index))
        runs.sort(key=lambda run: run[0] - run[1])
        return [self._written(first, last) for first, last in runs[:_TEXTS_SHOWN]]

    def _written(self, first: int, last: int) -> str:
        text = self.text[self.places[first][0] : self.places[last][1]]
        return text if len(text) <= _TEXT_CHARACTERS else text[: _TEXT_CHARACTERS - 1].rstrip() + "…"


def _kept(own: Sequence[str], other: Sequence[str]) -> list[bool]:
    """Return for each word whether it stands in a run that the other text has too; a run of the other counts once."""
    left = Counter(_runs(other))
    edge = SHINGLE_WORDS - 1
    kept = [False] * (len(own) + 2 * edge)
    for start, run in enumerate(_runs(own)):
        if left[run]:
            left[run] -= 1
            kept[start : start + SHINGLE_WORDS] = [True] * SHINGLE_WORDS
    return kept[edge : edge + len(own)]


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every run of words; where the text begins and ends are words too, so that short ends are found as well."""
    edge = SHINGLE_WORDS - 1
    framed = ["^"] * edge + list(words) + ["$"] * edge
    return (tuple(framed[start : start + SHINGLE_WORDS]) for start in range(len(framed) - edge))
