"""Read the sample corpus as it lies on disk, without the code that made it."""

import gzip
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Page = dict[str, Any]


class _VisibleText(HTMLParser):
    """Text of a page; tags leave nothing behind, so that a link inside a sentence does not break it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def rows_file(page: Page) -> Path:
    return (
        SAMPLES
        / "nights"
        / page["night"]
        / {"crawler-rows": "crawler.jsonl", "archive-2025": "archive.jsonl"}[page["source_id"]]
    )


def raw(page: Page) -> str | bytes:
    """Markup, dump or clean body of a page that can be read; the bytes where they are not UTF-8."""
    if page["source_id"] in ("crawler-rows", "archive-2025"):
        for line in rows_file(page).read_text(encoding="utf-8").splitlines():
            if f'"id": "{page["origin"]}"' in line:
                row = json.loads(line)
                return row.get("text") or row.get("html") or row["body"]
        raise LookupError(page["origin"])
    content = (SAMPLES / "nights" / page["night"] / page["source_id"] / page["origin"]).read_bytes()
    content = gzip.decompress(content) if page["origin"].endswith(".gz") else content
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("windows-1252")


@pytest.fixture(scope="session")
def gold() -> dict[str, Any]:
    return json.loads((SAMPLES / "gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def accepted(gold: dict[str, Any]) -> list[Page]:
    pages = [page for page in gold["pages"] if page["fate"] == "accepted"]
    assert len(pages) > 50
    return pages


@pytest.fixture(scope="session")
def source_of() -> Callable[[Page], str]:
    """The page as its outlet wrote it: markup or dump."""
    return lambda page: str(raw(page))


@pytest.fixture(scope="session")
def text_of() -> Callable[[Page], str]:
    """The page as a reader sees it."""

    def text(page: Page) -> str:
        content = str(raw(page))
        if "<html" not in content[:400]:
            return content
        parser = _VisibleText()
        parser.feed(content)
        return "".join(parser.pieces)

    return text


@pytest.fixture(scope="session")
def shingles() -> Callable[[Page], set[tuple[str, ...]]]:
    """Distinct runs of four words of a body."""

    def four_words(page: Page) -> set[tuple[str, ...]]:
        words = " ".join(page["body"]).lower().split()
        return set(zip(words, words[1:], words[2:], words[3:], strict=False))

    return four_words
