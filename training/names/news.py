"""Reads news texts that nobody annotated, for silver labels: one of each text, none that is measured with."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ftfy

_STORIES = ("gnews_cluster", "wikinews", "syndi", "allsides2021", "oneday_wire", "allsides")
_PAGES = ("aeb", "aed", "fundus", "wcxb_article", "cpe")
_MADE_UP = {"variant"}  # texts that were changed by a program
_SHINGLE_WORDS = 8
_KNOWN_SHARE = 0.1  # of a text's shingles: agency background recurs, a copy is nearly all known
_MIN_WORDS = 40
_TEXT_WORDS = 350  # the head of a text: more texts rather than longer ones, for more names in the same time
# Of the rest all: news from many countries. A round over all texts of these sets would take half as long again.
_MAX_TEXTS = {
    "syndi": 763, "allsides2021": 396, "allsides": 121, "oneday_wire": 46, "aed": 123, "aeb": 81, "cpe": 19,
    "wcxb_article": 19,
}  # fmt: skip
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"'”’)]*(?= |$)|$)\s*", re.MULTILINE)


def read_news(data: Path) -> list[tuple[str, str]]:
    """Return (name, text) of the texts of the evaluation folder that may be learned from.

    Args:
        data: the evaluation folder; what lies in its `entities/dev` is left out wherever else it appears.
    """
    measured: set[int] = set()
    for path in sorted((data / "entities" / "dev").glob("*.jsonl")):
        for row in _shuffled(path):
            measured |= _shingles(row["text"])
    if not measured:
        raise ValueError(f"no measured texts in {data / 'entities' / 'dev'}: silver texts could not be kept apart")
    known: set[int] = set()
    counts: dict[str, int] = {}
    found = []
    for corpus, name, text in _texts(data):
        own = _shingles(text)
        if len(text.split()) < _MIN_WORDS or own & measured or len(own & known) > _KNOWN_SHARE * len(own):
            continue
        if counts.get(corpus, 0) < _MAX_TEXTS.get(corpus, len(text)):
            counts[corpus] = counts.get(corpus, 0) + 1
            known |= own
            found.append((name, _head(text)))
    return found


def _texts(data: Path) -> Iterator[tuple[str, str, str]]:
    for corpus in _PAGES:
        for row in _shuffled(data / "extraction" / corpus / "dataset.jsonl"):
            if row.get("lang") in (None, "en"):
                text = f"{row['gold_title'] or ''}\n{row['gold_text'] or ''}"
                yield corpus, f"{corpus} {row['id']}", ftfy.fix_text(text)
    for corpus in _STORIES:
        for row in _shuffled(data / "clustering" / "dev" / f"{corpus}.jsonl"):
            if row.get("kind") not in _MADE_UP:
                yield corpus, f"{corpus} {row['id']}", ftfy.fix_text(f"{row['title'] or ''}\n{row['text']}")


def _shuffled(path: Path) -> list[dict[str, Any]]:
    """Return a file's rows in an order of no meaning: which of them are taken must not follow stories or sites."""
    rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest())


def _head(text: str) -> str:
    last = 0
    for match in _SENTENCE.finditer(text):
        last = match.end()
        if text.count(" ", 0, last) >= _TEXT_WORDS:
            break
    return text[:last] or text


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    return {
        int.from_bytes(hashlib.blake2b(" ".join(words[at : at + _SHINGLE_WORDS]).encode(), digest_size=8).digest())
        for at in range(len(words) - _SHINGLE_WORDS + 1)
    }
