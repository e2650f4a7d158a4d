"""Write the sample nights and their gold file from the newsroom's texts.

Run it from anywhere: `python samples/make_samples.py` writes beside this file, `--into FOLDER` elsewhere. The result
depends on `newsroom/` alone: no clock, no chance, no compressor whose bytes differ between versions.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

SAMPLES = Path(__file__).resolve().parent
sys.path.insert(0, str(SAMPLES.parent))

from samples.newsroom import faults, press  # noqa: E402 - the script must also run by its path

NEWSROOM = SAMPLES / "newsroom"
RELATED_PER_PAGE = 3  # of 4 to 6 per outlet: blurbs come and go between pages, as on real sites

# A quarantined page states its reason as its fault; the one fault that is no quarantine is a page met again.
QUARANTINE_FAULTS = {"binary", "broken_gzip", "empty", "section_front", "unreadable_row", "video_page"}
PAGE_KEYS = {
    *("source", "file", "row", "outlet", "as", "path", "text", "fault", "repeats", "raw"),
    *("headline", "paragraphs", "replace", "add", "merge", "dateline", "byline", "has_credit", "credit_line"),
    *("copy_kind", "encoding", "published", "updated", "section", "tags", "caption", "wrong_names", "photo", "offer"),
    *("place", "notice", "country", "source_note", "entry_times", "blurb"),
}
TEXT_KEYS = {"headline", "standfirst", "byline", "agency", "language", "kind", "completeness", "event", "story", "body"}

Row = dict[str, Any]


@dataclass
class Newsroom:
    """Everything the generator reads: texts by key, outlets by id, pages by night."""

    texts: dict[str, Row]
    outlets: dict[str, Row]
    nights: dict[str, list[Row]]


@dataclass
class Made:
    """One page as generated: where it lies, its content and what the gold file says of it."""

    night: str
    source: str
    origin: str
    content: bytes | str | Row  # file bytes, a raw line, or a row
    gold: Row


def read_newsroom(folder: Path = NEWSROOM) -> Newsroom:
    """Read the newsroom; a key that nothing uses is refused, so that a typing error cannot pass silently."""
    texts: dict[str, Row] = {}
    for path in sorted((folder / "texts").glob("*.yml")):
        for key, text in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if key in texts or not text.keys() <= TEXT_KEYS:
                raise ValueError(f"{path.name}: text {key} is there twice or has unknown keys")
            texts[key] = {**text, "paragraphs": [line for line in text["body"].splitlines() if line.strip()]}
    files = sorted((folder / "outlets").glob("*.yml"))
    outlets = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}
    nights = {}
    for path in sorted((folder / "nights").glob("*.yml")):
        nights[path.stem] = yaml.safe_load(path.read_text(encoding="utf-8"))["pages"]
        for page in nights[path.stem]:
            if not page.keys() <= PAGE_KEYS:
                raise ValueError(f"{path.name}: unknown keys {sorted(page.keys() - PAGE_KEYS)}")
    return Newsroom(texts, outlets, nights)


def make_pages(newsroom: Newsroom) -> list[Made]:
    """Generate every page of every night, in the order in which the nights list them."""
    made: list[Made] = []
    numbers: dict[str, int] = defaultdict(int)
    for night, pages in newsroom.nights.items():
        lines: dict[str, int] = defaultdict(int)
        for page in pages:
            outlet_id = page.get("outlet") or (page["source"] if page["source"] in newsroom.outlets else None)
            numbers[outlet_id or ""] += 1
            lines[page["source"]] += 1
            origin = page.get("file") or page.get("row") or f"line {lines[page['source']]}"
            made.append(_make_page(newsroom, night, page, outlet_id, origin, numbers[outlet_id or ""], made))
    return made


def make_gold(newsroom: Newsroom, made: list[Made]) -> Row:
    """Say of every page what a perfect reader would find."""
    pages = [page for night in newsroom.nights.values() for page in night]
    return {
        "nights": list(newsroom.nights),
        "pages": [page.gold for page in made],
        "boilerplate_only_names": sorted({name for outlet in newsroom.outlets.values() for name in outlet["names"]}),
        "wrong_caption_names": sorted({name for page in pages for name in page.get("wrong_names", [])}),
    }


def write_samples(into: Path, newsroom: Newsroom | None = None) -> None:
    """Write `nights/` and `gold.json` into a folder; what an earlier run left in `nights/` is removed."""
    newsroom = newsroom or read_newsroom()
    made = make_pages(newsroom)
    shutil.rmtree(into / "nights", ignore_errors=True)
    rows: dict[Path, list[str]] = defaultdict(list)
    for page in made:
        if isinstance(page.content, bytes):
            path = into / "nights" / page.night / page.source / page.origin
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.content)
        else:
            line = page.content if isinstance(page.content, str) else json.dumps(page.content, ensure_ascii=False)
            rows[into / "nights" / page.night / f"{page.source.split('-')[0]}.jsonl"].append(line + "\n")
    for path, lines in rows.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    gold = json.dumps(make_gold(newsroom, made), ensure_ascii=False, indent=1)
    (into / "gold.json").write_text(gold + "\n", encoding="utf-8", newline="\n")


def _make_page(
    newsroom: Newsroom, night: str, page: Row, outlet_id: str | None, origin: str, number: int, made: list[Made]
) -> Made:
    fetched_at = f"{night}T22:{number:02d}:00Z"
    fault = page.get("fault")
    gold = _gold(newsroom, night, page, outlet_id, origin)
    if fault == "already_seen":
        first = next(m for m in made if page["repeats"] == f"{m.night}/{m.source}/{m.origin}")
        gold |= {"outlet_id": first.gold["outlet_id"], "url": first.gold["url"], "repeats": page["repeats"]}
        content = first.content
        if isinstance(content, dict):
            content = {**content, "id": origin, "fetched_at": fetched_at}
        return Made(night, page["source"], origin, content, gold)
    if fault == "unreadable_row":
        return Made(night, page["source"], origin, page["raw"], gold)
    if outlet_id is None:
        raise ValueError(f"{night} {origin}: only an unreadable row may lack an outlet")
    outlet = newsroom.outlets[outlet_id]
    if page.get("as") == "body":
        body = {"title": gold["title"], "published_at": page["published"], "outlet": outlet_id}
        content = {"id": origin, "url": gold["url"], **body, "body": "\n\n".join(gold["body"])}
        return Made(night, page["source"], origin, content, gold)
    text = _content(newsroom, night, page, outlet, gold, number)
    if "file" in page:
        return Made(night, page["source"], origin, _file_bytes(text, page), gold)
    row = {"id": origin, "url": f"https://{outlet['host']}{page['path']}", "fetched_at": fetched_at, page["as"]: text}
    return Made(night, page["source"], origin, row, gold)


def _gold(newsroom: Newsroom, night: str, page: Row, outlet_id: str | None, origin: str) -> Row:
    """The gold row of a page; quarantined and repeated pages leave all that only a text has at null."""
    fault = page.get("fault")
    if fault and fault != "already_seen" and fault not in QUARANTINE_FAULTS:
        raise ValueError(f"{night} {origin}: unknown fault {fault}")
    fate = "accepted" if not fault else fault if fault == "already_seen" else "quarantined"
    host = newsroom.outlets[outlet_id]["host"] if outlet_id else None
    path = page.get("path")
    gold: Row = {
        "night": night,
        "source_id": page["source"],
        "origin": origin,
        "outlet_id": outlet_id,
        "url": f"https://{host}{path.split('?')[0]}" if path else None,
        "fate": fate,
        "reason": fault if fate == "quarantined" else None,
    }
    text_keys = ("kind", "title", "standfirst", "byline", "body", "published_at", "updated_at", "language")
    gold |= dict.fromkeys((*text_keys, "completeness", "agency", "has_credit"))
    gold |= dict.fromkeys(("copy_group", "copy_kind", "event", "story"))
    if fate != "accepted":
        return gold
    key = page["text"]
    text = newsroom.texts[key]
    outlet = newsroom.outlets[outlet_id or ""]
    shows_standfirst = outlet["template"].endswith(".html") and page.get("as") != "body"
    by_sentence = outlet.get("one_sentence_per_line", False)
    return gold | {
        "kind": text.get("kind", "article"),
        "title": page.get("headline", text["headline"]),
        "standfirst": text.get("standfirst") if shows_standfirst else None,
        "byline": page.get("byline", text.get("byline")),
        "body": press.body_as_printed(text["paragraphs"], page, one_sentence_per_line=by_sentence),
        "published_at": _gold_time(page.get("published")),
        "updated_at": _gold_time(page.get("updated")),
        "language": text.get("language", "en"),
        "completeness": text.get("completeness", "full"),
        "agency": text.get("agency"),
        "has_credit": page.get("has_credit", False),
        "copy_group": key,
        "copy_kind": page.get("copy_kind", "reference"),
        "event": text.get("event", key),
        "story": text.get("story", key),
    }


def _content(newsroom: Newsroom, night: str, page: Row, outlet: Row, gold: Row, number: int) -> str:
    """The page as its outlet's template prints it; an empty one is white space in a text and nothing in HTML."""
    fault = page.get("fault")
    template = outlet["template"]
    if fault in ("binary", "broken_gzip", "empty"):
        return "" if template.endswith(".html") else " \n\n"
    if fault:
        stem, suffix = template.rsplit(".", 1)
        template = f"{stem}-{'front' if fault == 'section_front' else 'video'}.{suffix}"
    related = press.rotated(outlet["related"], number)
    words = {
        **{key: page.get(key) for key in PAGE_KEYS - {"as"}},
        **gold,
        "title": gold["title"] if gold["fate"] == "accepted" else page.get("headline"),
        "url": gold["url"],
        "published": _moment(page.get("published")),
        "updated": _moment(page.get("updated")),
        "outlet": outlet,
        "zone": outlet["time_zone"],
        "labels": outlet.get("labels", {}).get(gold["language"]),
        "bio": outlet.get("bios", {}).get(gold["byline"]),
        "segments": press.segments(gold["body"] or []),
        "tags": page.get("tags", []),
        "related": related[:RELATED_PER_PAGE],
        "more": related[RELATED_PER_PAGE:],
        "latest": press.rotated(outlet.get("latest", []), number)[:2],
        "teasers": _teasers(newsroom, night, page["source"], outlet) if fault == "section_front" else [],
        "crawl_date": night,
        "number": number,
    }
    return press.render(template, words)


def _teasers(newsroom: Newsroom, night: str, source: str, outlet: Row) -> list[Row]:
    keys = [page["text"] for page in newsroom.nights[night] if page["source"] == source and "text" in page]
    texts = [newsroom.texts[key] for key in keys]
    own = [{"headline": t["headline"], "text": t.get("standfirst") or t["paragraphs"][0]} for t in texts]
    return [*own, *outlet["related"]]


def _file_bytes(text: str, page: Row) -> bytes:
    if page.get("fault") == "binary":
        return faults.picture_bytes()
    if page.get("fault") == "broken_gzip":
        return faults.torn_gzip()
    content = text.encode(page.get("encoding") or "utf-8")
    return faults.stored_gzip(content) if page["file"].endswith(".gz") else content


def _moment(written: str | None) -> date | datetime | None:
    if written is None:
        return None
    return date.fromisoformat(written) if len(written) == len("2026-01-08") else datetime.fromisoformat(written)


def _gold_time(written: str | None) -> str | None:
    moment = _moment(written)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(moment, datetime) else written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=SAMPLES, help="folder to write to (default: beside this file)")
    write_samples(parser.parse_args().into)
