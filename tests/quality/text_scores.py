"""How well a text or its metadata was read: scores between 0 and 1. Pure.

Texts are compared by their shingles of four tokens, as multisets: word order matters, line breaks do not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import fmean
from typing import Any

SHINGLE_TOKENS = 4
BAD_PAGE_F1 = 0.6  # below it a reader would say the wrong text was taken
A_MINUTE = timedelta(minutes=1)  # pages show minutes where markup has seconds
CONTENT, BOILERPLATE = 1, 0  # labels of a dump's lines; lines with other labels count neither way

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: each is a token
_TOKEN = re.compile(rf"[{_IDEOGRAPHS}]|(?:(?![{_IDEOGRAPHS}])\w)+")
_WORD = re.compile(r"\w+")
_TITLE_LINES = 5
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BY = re.compile(r"^by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class BodyScore:
    """Bodies of a set: means over pages, F1 of the two means, shares of pages that went wrong."""

    pages: int
    precision: float
    recall: float
    f1: float
    bad: float
    empty: float


@dataclass(frozen=True, slots=True)
class MetadataScore:
    """Titles, days, times of day and authors of a set; a value is None when no page has gold for it."""

    titles: int
    title_exact: float | None
    dates: int
    date_right: float | None
    date_precision: float | None
    instants: int
    time_right: float | None
    time_precision: float | None
    authored: int
    author_f1: float | None


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean; 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def agreement(hits: float, predicted: float, gold: float) -> Agreement:
    """Return precision, recall and F1 of counts; predicting nothing is perfect only where there is nothing."""
    precision = hits / predicted if predicted else float(not gold)
    recall = hits / gold if gold else float(not predicted)
    return Agreement(precision, recall, harmonic(precision, recall))


def tokens(text: str | None) -> list[str]:
    """Return a text's tokens in compatibility form and lower case."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text or "").lower())


def shingles(found: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Return the multiset of four-token shingles; a shorter text is one shingle."""
    if not found:
        return Counter()
    starts = range(max(1, len(found) - SHINGLE_TOKENS + 1))
    return Counter(tuple(found[start : start + SHINGLE_TOKENS]) for start in starts)


def without_title(text: str | None, title: str | None) -> str:
    """Return the text without lines among its first five that say exactly the title."""
    wanted = _WORD.findall((title or "").lower())
    if not title or not text:
        return text or ""
    kept, lines_seen = [], 0
    for line in text.split("\n"):
        lines_seen += bool(line.strip())
        is_title = bool(line.strip()) and lines_seen <= _TITLE_LINES and _WORD.findall(line.lower()) == wanted
        if not is_title:
            kept.append(line)
    return "\n".join(kept)


def page_agreement(gold: str, predicted: str | None, title: str | None) -> Agreement:
    """Compare one page's body with its gold text; both may or may not begin with the title."""
    ours, wanted = (shingles(tokens(without_title(text, title))) for text in (predicted, gold))
    return agreement((ours & wanted).total(), ours.total(), wanted.total())


def body_score(rows: Sequence[Mapping[str, Any]], bodies: Mapping[str, str]) -> BodyScore:
    """Score bodies against rows of `id`, `gold_text`, `gold_title`; a missing body counts as empty.

    Precision is averaged over pages with output, recall over pages with gold.
    """
    precisions, recalls, page_f1s = [], [], []
    for row in rows:
        predicted, title = bodies.get(row["id"], ""), row.get("gold_title")
        page = page_agreement(row["gold_text"], predicted, title)
        page_f1s.append(page.f1)
        if tokens(without_title(predicted, title)):
            precisions.append(page.precision)
        if tokens(without_title(row["gold_text"], title)):
            recalls.append(page.recall)
    precision, recall = _mean(precisions) or 0.0, _mean(recalls) or 0.0
    return BodyScore(
        pages=len(rows),
        precision=precision,
        recall=recall,
        f1=harmonic(precision, recall),
        bad=_mean([float(f1 < BAD_PAGE_F1) for f1 in page_f1s]) or 0.0,
        empty=1 - len(precisions) / len(rows) if rows else 0.0,
    )


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def plain(text: str | None) -> str:
    """Return the words of a text, lower-cased, joined by one space."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text or "").lower()))


def gold_days(moment: object) -> set[str]:
    """Return the days a gold time may be shown as: as written, and in UTC."""
    written = _DAY.match(str(moment or ""))
    days = {written.group()} if written else set()
    try:
        parsed = datetime.fromisoformat(str(moment).replace("Z", "+00:00"))
    except ValueError:
        return days
    return days | ({parsed.astimezone(UTC).date().isoformat()} if parsed.tzinfo else set())


def instant(moment: object) -> datetime | None:
    """Return a time with a zone in UTC; None for a day, for midnight, which stands for a day, and without a zone."""
    try:
        parsed = datetime.fromisoformat(str(moment).replace("Z", "+00:00"))
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo and parsed.time() != time() else None


def metadata_score(rows: Sequence[Mapping[str, Any]], answers: Mapping[str, Mapping[str, Any]]) -> MetadataScore:
    """Score `title`, `published_at` and `authors` of answers against `gold_title`, `gold_date`, `gold_authors`."""
    titles: list[float] = []
    dates: list[float] = []
    dates_given = 0
    times: list[float] = []
    times_given = 0
    authors: list[float] = []
    for row in rows:
        answer = answers.get(row["id"], {})
        if row.get("gold_title"):
            titles.append(plain(row["gold_title"]) == plain(answer.get("title")))
        if _DAY.match(str(row.get("gold_date") or "")):
            given = _DAY.match(str(answer.get("published_at") or ""))
            dates_given += given is not None
            dates.append(given is not None and given.group() in gold_days(row["gold_date"]))
        wanted_time, given_time = instant(row.get("gold_date")), instant(answer.get("published_at"))
        if wanted_time is not None:
            times_given += given_time is not None
            times.append(given_time is not None and abs(given_time - wanted_time) < A_MINUTE)
        if row.get("gold_authors"):
            wanted, ours = _authors(row["gold_authors"]), _authors(answer.get("authors") or [])
            authors.append(agreement(len(wanted & ours), len(ours), len(wanted)).f1)
    return MetadataScore(
        titles=len(titles),
        title_exact=_mean(titles),
        dates=len(dates),
        date_right=_mean(dates),
        date_precision=sum(dates) / dates_given if dates_given else None,
        instants=len(times),
        time_right=_mean(times),
        time_precision=sum(times) / times_given if times_given else None,
        authored=len(authors),
        author_f1=_mean(authors),
    )


def _authors(names: Iterable[str]) -> set[str]:
    return {plain(_BY.sub("", str(name))) for name in names} - {""}


def kept_lines_agreement(lines: Sequence[str], labels: Sequence[int], kept: set[int]) -> Agreement | None:
    """Compare kept line numbers of a dump with its labels, in tokens; None when no line is content."""
    sizes = [len(tokens(line)) for line in lines]
    counted = [number for number in range(len(lines)) if labels[number] in (CONTENT, BOILERPLATE)]
    gold = sum(sizes[number] for number in counted if labels[number] == CONTENT)
    predicted = sum(sizes[number] for number in counted if number in kept)
    hits = sum(sizes[number] for number in counted if number in kept and labels[number] == CONTENT)
    return agreement(hits, predicted, gold) if gold else None


def mean_agreement(documents: Sequence[Agreement]) -> Agreement:
    """Return the means over documents; F1 is the mean of F1s."""
    return Agreement(
        _mean([document.precision for document in documents]) or 0.0,
        _mean([document.recall for document in documents]) or 0.0,
        _mean([document.f1 for document in documents]) or 0.0,
    )
