"""Feeds pages through the project's batch interface, as a process of its own, and reads what comes back."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.quality.data import PROJECT, Row
from tests.quality.entity_scores import Found

_SHOWN_ERROR_LINES = 15
_STARTING_TEXT = (
    "The harbour board of Oslo met on Monday and chose Anna Berg as its head for the coming two years.",
    "She has led the pilots' office since the spring and promised to publish every contract in full.",
    "Two members voted against her because the election had been announced only a week earlier.",
)
# A page for each way through the program, so that what it loads once is counted as its start, not as the first page's.
_STARTING_ROWS: tuple[Row, ...] = (
    {"id": "html", "html": "<html><body><article><p>" + "<p>".join(_STARTING_TEXT) + "</article></body></html>"},
    {"id": "text", "text": "\n".join(_STARTING_TEXT)},
)


class FrontDoorFailed(RuntimeError):
    """The program under test ended with an error, or what it wrote contradicts itself."""


@dataclass(frozen=True)
class Cleaned:
    """Answers by row id, and the CPU-seconds of the process that gave them."""

    answers: dict[str, dict[str, Any]]
    cpu_seconds: float

    def accepted(self) -> dict[str, dict[str, Any]]:
        """Return the answers of accepted pages."""
        return {name: answer for name, answer in self.answers.items() if answer["fate"] == "accepted"}


def clean(rows: Iterable[Row], *, spans: bool = False, mentions: bool = False) -> Cleaned:
    """Run `python -m extract clean` over rows.

    Raises:
        FrontDoorFailed: it failed, or did not answer every row exactly once, in order.
    """
    rows = list(rows)
    flags = [flag for flag, is_set in (("--spans", spans), ("--mentions", mentions)) if is_set]
    with TemporaryDirectory(prefix="dateline-quality-") as name:
        source, target = Path(name) / "in.jsonl", Path(name) / "out.jsonl"
        source.write_text("".join(json.dumps(row, ensure_ascii=True) + "\n" for row in rows), "utf-8")
        before = children_cpu_seconds()
        finished = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "extract", "clean", str(source), str(target), *flags],
            cwd=PROJECT,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        spent = children_cpu_seconds() - before
        if finished.returncode != 0:
            tail = "\n".join(finished.stderr.splitlines()[-_SHOWN_ERROR_LINES:])
            raise FrontDoorFailed(f"python -m extract clean ended with {finished.returncode}:\n{tail}")
        answers = [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]
    if [answer["id"] for answer in answers] != [row["id"] for row in rows]:
        raise FrontDoorFailed(f"{len(rows)} rows went in and {len(answers)} answers came out, or in another order")
    return Cleaned({answer["id"]: answer for answer in answers}, spent)


def children_cpu_seconds() -> float:
    """Return the CPU-seconds of all child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@cache
def starting_seconds(*, mentions: bool = False) -> float:
    """Return the CPU-seconds the batch interface needs before it reads its first page."""
    return clean(_STARTING_ROWS, spans=True, mentions=mentions).cpu_seconds


def kept_lines(lines: Sequence[str], answer: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the lines most of whose characters are in kept spans; none of a page that was turned away.

    Args:
        lines: lines of a dump that went in joined by line feeds.
        answer: its answer, with spans.

    Raises:
        FrontDoorFailed: the text that came back has other lines.
    """
    if answer["fate"] != "accepted":
        return set()
    text: str = answer["text"]
    answered_lines = text.split("\n")
    if len(answered_lines) != len(lines):
        raise FrontDoorFailed(f"{answer['id']}: {len(lines)} lines went in, {len(answered_lines)} came back")
    is_kept = bytearray(len(text))
    for span in answer["spans"]:
        if span["is_kept"]:
            is_kept[span["start_offset"] : span["end_offset"]] = b"\1" * (span["end_offset"] - span["start_offset"])
    kept, start = set(), 0
    for number, line in enumerate(answered_lines):
        inked = [start + index for index, character in enumerate(line) if not character.isspace()]
        if sum(is_kept[index] for index in inked) * 2 > len(inked):
            kept.add(number)
        start += len(line) + 1
    return kept


def body_positions(text: str, spans: Sequence[Mapping[str, Any]], body: str) -> list[int]:
    """Return for every character of a clean body where it stands in the page's text; a space made up by cleaning
    stands where the word before it ends.

    Raises:
        FrontDoorFailed: the kept spans do not give that body.
    """
    characters: list[str] = []
    positions: list[int] = []
    for span in spans:
        if not span["is_kept"]:
            continue
        has_words = False
        is_after_space = True
        for index in range(span["start_offset"], span["end_offset"]):
            if text[index].isspace():
                is_after_space = True
                continue
            if is_after_space and positions:
                gap = " " if has_words else "\n\n"
                characters += gap
                positions += [positions[-1] + 1] * len(gap)
            has_words, is_after_space = True, False
            characters.append(text[index])
            positions.append(index)
    if "".join(characters) != body:
        raise FrontDoorFailed("the kept spans of a page do not give its body")
    return positions


def placed_mentions(gold_text: str, page_text: str, positions: Sequence[int], mentions: Iterable[Found]) -> list[Found]:
    """Move mentions from offsets in a clean body to offsets in the gold text.

    Mentions on characters that decoding changed cannot be placed and are left out.

    Raises:
        FrontDoorFailed: a mention is moved to a place that says something else.
    """
    to_gold = _identical_characters(page_text, gold_text)
    placed = []
    for mention in mentions:
        on_page = positions[mention.start : mention.end]
        first, last = to_gold(on_page[0]), to_gold(on_page[-1])
        if first is None or last is None:
            continue
        ours = "".join(page_text[on_page[0] : on_page[-1] + 1].split())
        if "".join(gold_text[first : last + 1].split()) != ours:
            raise FrontDoorFailed(f"the name {ours!r} was moved to {gold_text[first : last + 1]!r}")
        placed.append(Found(first, last + 1, mention.entity_type, mention.entity, mention.linked_id))
    return placed


def _identical_characters(source: str, target: str) -> Any:
    """Return a function from offsets in one text to offsets of the same characters in another, or None."""
    if source == target:
        return lambda offset: offset
    blocks = SequenceMatcher(None, source, target, autojunk=False).get_matching_blocks()
    offsets = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    return offsets.get
