"""What the gold file says stands on the pages, and every page has its row."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Page = dict[str, Any]


def named(page: Page) -> str:
    return f"{page['night']}/{page['source_id']}/{page['origin']}"


def test_every_page_on_disk_has_one_gold_row(gold: dict[str, Any]) -> None:
    on_disk = []
    for path in (SAMPLES / "nights").rglob("*"):
        night, source, *rest = (*path.relative_to(SAMPLES / "nights").parts, "")
        if path.suffix == ".jsonl":
            source_id = {"crawler.jsonl": "crawler-rows", "archive.jsonl": "archive-2025"}[path.name]
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                try:
                    on_disk.append(f"{night}/{source_id}/{json.loads(line)['id']}")
                except json.JSONDecodeError:
                    on_disk.append(f"{night}/{source_id}/line {number}")
        elif path.is_file():
            on_disk.append(f"{night}/{source}/{'/'.join(rest[:-1])}")
    assert 66 <= len(on_disk) <= 80
    assert Counter(on_disk) == Counter(named(page) for page in gold["pages"])


def test_the_sources_file_names_every_outlet_and_source_of_the_gold(gold: dict[str, Any]) -> None:
    sources = yaml.safe_load((SAMPLES / "sources.yml").read_text(encoding="utf-8"))
    outlet_ids = {outlet["id"] for outlet in sources["outlets"]}
    assert len(outlet_ids) == 8
    assert {page["outlet_id"] for page in gold["pages"]} == outlet_ids | {None}
    assert {source["id"] for source in sources["sources"]} == {page["source_id"] for page in gold["pages"]}
    hosts = {host: outlet["id"] for outlet in sources["outlets"] for host in outlet["hosts"]}
    pages_with_url = [page for page in gold["pages"] if page["url"]]
    assert len(pages_with_url) > 50
    assert {named(p) for p in pages_with_url if hosts.get(p["url"].split("/")[2]) != p["outlet_id"]} == set()


def test_every_gold_paragraph_stands_on_its_page_in_order(accepted: list[Page], text_of: Callable[[Page], str]) -> None:
    for page in accepted:
        text, position = text_of(page), 0
        for paragraph in page["body"]:
            found = text.find(paragraph, position)
            assert found >= 0, f"{named(page)}: {paragraph[:60]}"
            position = found + len(paragraph)


def test_titles_and_standfirsts_stand_on_their_pages(accepted: list[Page], text_of: Callable[[Page], str]) -> None:
    printed = [page for page in accepted if page["source_id"] != "archive-2025" and page["title"]]
    assert len(printed) > 50
    for page in printed:
        assert page["title"] in text_of(page), named(page)
        assert (page["standfirst"] or "") in text_of(page), named(page)


def test_urls_of_html_pages_are_their_canonical_links(accepted: list[Page], source_of: Callable[[Page], str]) -> None:
    pages = [page for page in accepted if "<html" in source_of(page)]
    assert len(pages) > 35
    assert {named(page) for page in pages if f'rel="canonical" href="{page["url"]}"' not in source_of(page)} == set()


def test_accepted_pages_are_full_articles(accepted: list[Page]) -> None:
    for page in accepted:
        words = sum(len(paragraph.split()) for paragraph in page["body"])
        is_shortened = page["copy_kind"] == "excerpt" or page["completeness"] == "truncated"
        assert words >= (120 if is_shortened else 160), named(page)
        assert words <= 500, named(page)


@pytest.mark.parametrize("fate", ["quarantined", "already_seen"])
def test_a_page_that_is_no_article_says_nothing_of_a_text(gold: dict[str, Any], fate: str) -> None:
    pages = [page for page in gold["pages"] if page["fate"] == fate]
    assert len(pages) >= 3
    about_text = ("kind", "title", "body", "published_at", "language", "copy_group", "copy_kind", "event", "story")
    assert {key for page in pages for key in about_text if page[key] is not None} == set()
    assert all((page["reason"] is not None) == (fate == "quarantined") for page in pages)


def test_names_of_the_furniture_stand_in_no_article(
    gold: dict[str, Any], accepted: list[Page], text_of: Callable[[Page], str]
) -> None:
    assert len(gold["boilerplate_only_names"]) >= 40
    pages = "\n".join(text_of(page) for page in accepted)
    articles = "\n".join("\n".join([p["title"] or "", p["standfirst"] or "", *p["body"]]) for p in accepted)
    for name in gold["boilerplate_only_names"]:
        assert name in pages, name
        assert name.split()[-1] not in articles, name


def test_wrong_names_stand_in_captions_only(
    gold: dict[str, Any], accepted: list[Page], text_of: Callable[[Page], str]
) -> None:
    assert len(gold["wrong_caption_names"]) >= 8
    pages = "\n".join(text_of(page) for page in accepted)
    articles = "\n".join("\n".join([p["title"] or "", p["standfirst"] or "", *p["body"]]) for p in accepted)
    for name in gold["wrong_caption_names"]:
        assert name in pages, name
        assert name not in articles, name
        assert all(part in articles for part in name.split()), f"{name} mixes no real names"
