"""Measures HTML pages: bodies, titles, days and authors, beside bare trafilatura in the same run."""

import gzip
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.quality.data import DataSet, Row, has_usable_gold_text, news_rows, sample
from tests.quality.front_door import clean, starting_seconds
from tests.quality.language_scores import language_figures
from tests.quality.measurement import WORST_PAGES, Figures, Measurement
from tests.quality.text_scores import body_score, metadata_score, page_agreement
from tests.quality.unseen import unseen_cleaner


@dataclass(frozen=True)
class Pages:
    """HTML pages with what we and the peer read from them."""

    rows: list[Row]
    answers: dict[str, dict[str, Any]]
    peer_bodies: dict[str, str]
    seconds: float
    peer_seconds: float


def measure_pages(one: DataSet, limit: int | None) -> list[Measurement]:
    rows = sample(news_rows(one.rows), limit)
    inputs = [
        {
            "id": row["id"],
            "url": row.get("url"),
            "html_path": str((one.path.parent / row["html_path"]).resolve()),
            **unseen_cleaner(row),
        }
        for row in rows
    ]
    overhead = starting_seconds()
    cleaned = clean(inputs)
    peer_bodies, peer_seconds = _peer_bodies(inputs)
    pages = Pages(rows, cleaned.answers, peer_bodies, max(0.0, cleaned.cpu_seconds - overhead), peer_seconds)
    results = []
    if any(has_usable_gold_text(row) for row in rows):
        worst = _worst_pages(pages)
        results.append(
            Measurement("html", one.name, body_figures(pages), cleaned.cpu_seconds, worst=worst, pooling=pages)
        )
    if any(row.get(key) for row in rows for key in ("gold_title", "gold_date", "gold_authors")):
        worst = _wrong_metadata(pages)
        results.append(Measurement("metadata", one.name, metadata_figures(pages), worst=worst, pooling=pages))
    return results


def _peer_bodies(inputs: Sequence[Row]) -> tuple[dict[str, str], float]:
    """Return what bare trafilatura in precision mode reads from the same pages, and its CPU-seconds."""
    import trafilatura

    def read(row: Row) -> str:
        content = Path(row["html_path"]).read_bytes()
        content = gzip.decompress(content) if row["html_path"].endswith(".gz") else content
        return trafilatura.extract(content, favor_precision=True, include_comments=False) or ""

    if inputs:
        read(inputs[0])  # what it loads once is not counted, here as there
    started = time.process_time()
    bodies = {row["id"]: read(row) for row in inputs}
    return bodies, time.process_time() - started


def _bodies(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {name: answer["body"] for name, answer in answers.items() if answer["fate"] == "accepted"}


def body_figures(pages: Pages) -> Figures:
    rows = [row for row in pages.rows if has_usable_gold_text(row)]
    ours, peer = body_score(rows, _bodies(pages.answers)), body_score(rows, pages.peer_bodies)
    return {
        "n": ours.pages,
        "precision": ours.precision,
        "recall": ours.recall,
        "f1": ours.f1,
        "bad": ours.bad,
        "empty": ours.empty,
        "peer_f1": peer.f1,
        "ms_per_page": 1000 * pages.seconds / max(1, len(pages.rows)),
        "cpu_ratio_to_peer": pages.seconds / pages.peer_seconds if pages.peer_seconds else None,
    }


def metadata_figures(pages: Pages) -> Figures:
    answers = {name: answer for name, answer in pages.answers.items() if answer["fate"] == "accepted"}
    score = metadata_score(pages.rows, answers)
    return {
        "n": len(pages.rows),
        "titles": score.titles,
        "title_exact": score.title_exact,
        "dates": score.dates,
        "date_right": score.date_right,
        "date_precision": score.date_precision,
        "instants": score.instants,
        "time_right": score.time_right,
        "time_precision": score.time_precision,
        "authored": score.authored,
        "author_f1": score.author_f1,
        **language_figures(pages.rows, answers),
    }


def _worst_pages(pages: Pages) -> list[dict[str, Any]]:
    scored = []
    for row in pages.rows:
        if not has_usable_gold_text(row):
            continue
        answer = pages.answers[row["id"]]
        page = page_agreement(row["gold_text"], answer.get("body"), row.get("gold_title"))
        peer = page_agreement(row["gold_text"], pages.peer_bodies.get(row["id"]), row.get("gold_title"))
        scored.append(
            {
                "id": row["id"],
                "f1": round(page.f1, 3),
                "precision": round(page.precision, 3),
                "recall": round(page.recall, 3),
                "peer_f1": round(peer.f1, 3),
                "reason": answer.get("reason"),
            }
        )
    return sorted(scored, key=lambda page: (page["f1"], page["id"]))[:WORST_PAGES]


def _wrong_metadata(pages: Pages) -> list[dict[str, Any]]:
    wrong = []
    for row in pages.rows:
        answer = pages.answers[row["id"]]
        score = metadata_score([row], {row["id"]: answer} if answer["fate"] == "accepted" else {})
        if 0.0 in (score.title_exact, score.date_right, score.author_f1):
            fields = (("title", "gold_title"), ("published_at", "gold_date"), ("authors", "gold_authors"))
            found = {ours: [answer.get(ours), row.get(gold)] for ours, gold in fields if row.get(gold)}
            wrong.append({"id": row["id"], "reason": answer.get("reason"), **found})
    return wrong
