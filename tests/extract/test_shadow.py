"""A shadow upgrade over a small release whose reading an older version made otherwise, by our own hand."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from extract import extractor as extractors
from extract import night as steps
from extract import store
from extract.__main__ import main
from extract.compare import PageComparison
from extract.errors import ExtractorError
from extract.extractor import INSTALLED, Extractor, named_extractor
from extract.line_model import DEFAULT_MODEL, load_model
from extract.shadow import Shadow, accept, run_shadow
from extract.shards import read_records
from tests.extract.pages import REPORT, article
from tests.nights import load_night
from training.cleaner.files import write_model

NIGHT, NEXT_NIGHT = date(2026, 1, 8), date(2026, 1, 9)
GONE = "Swimmers were told to keep away from the basin until the divers had left it for good."
RECALL = Extractor(mode="recall")
OUTLETS = """
outlets:
  - {id: tarn-post, name: The Tarn Post}
  - {id: marlow-mail, name: Marlow Mail}
sources:
  - {id: post, outlet: tarn-post, folder: "{night}/post"}
  - {id: mail, outlet: marlow-mail, folder: "{night}/mail"}
"""


def other(name: str) -> list[str]:
    return [line.replace("Tarn", name).replace("crane", f"{name} barge") for line in REPORT]


def dump(title: str, paragraphs: list[str]) -> str:
    return "\n".join([title, *paragraphs, "Share"])


def publish_night(folder: Path, home: Path, night: date) -> Path:
    """Load a night and publish it, as the DAG does without gates and marts."""
    build = load_night(folder / "sources.yml", night, home)
    release = home / "releases" / f"{night}-0123456789ab"
    release.mkdir(parents=True)
    database = Path(shutil.copy(build, release / "dateline.duckdb"))
    (home / "current").unlink(missing_ok=True)
    (home / "current").symlink_to(release)
    return database


@pytest.fixture(scope="module", autouse=True)
def _without_names() -> Iterator[None]:
    """Names take the most time of a night, and a shadow does not look at them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.annotate.with_names", list)
        yield


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warehouse")
    (folder / "sources.yml").write_text(OUTLETS)
    pages = {
        "post/same.txt": dump("Outer quay closed at Tarn", REPORT),
        "post/page.html": article(),
        "post/edited.txt": dump("Outer quay closed at Alder", other("Alder")),
        "post/too-short.txt": "Share\nFollow us",
        "mail/found.txt": dump("Outer quay closed at Birch", other("Birch")),
        "mail/menu.txt": "Home\nNews\nSport",
    }
    for night in (NIGHT, NEXT_NIGHT):
        for name, content in pages.items() if night == NIGHT else [("post/next.html", article())]:
            path = folder / night.isoformat() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        (folder / night.isoformat() / "mail").mkdir(exist_ok=True)
    read_otherwise(publish_night(folder, folder / "home", NIGHT))
    return folder


def read_otherwise(database: Path) -> None:
    """Make a release say what an older version might have read."""
    with duckdb.connect(str(database)) as connection:
        ids = dict(connection.execute("select origin, page_id from raw.pages").fetchall())
        connection.execute(
            "update raw.documents set body = ? || body, title = 'Quay shut' where page_id = ?",
            [f"{GONE}\n\n", ids["edited.txt"]],
        )
        connection.execute(
            "insert into raw.documents select * replace (? as page_id) from raw.documents where page_id = ?",
            [ids["too-short.txt"], ids["same.txt"]],
        )
        connection.execute(
            "update raw.pages set fate = 'accepted', reason = null where page_id = ?", [ids["too-short.txt"]]
        )
        connection.execute("delete from raw.documents where page_id = ?", [ids["found.txt"]])
        connection.execute(
            "update raw.pages set fate = 'quarantined', reason = 'no_body' where page_id = ?", [ids["found.txt"]]
        )


@pytest.fixture
def folder(loaded: Path, tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(loaded, tmp_path / "copy", symlinks=True))
    release = copy / "home" / "current"
    target = copy / "home" / "releases" / release.readlink().name
    release.unlink()
    release.symlink_to(target)
    return copy


@pytest.fixture
def home(folder: Path) -> Path:
    return folder / "home"


def compared(shadow: Shadow) -> dict[str, PageComparison]:
    return {page.origin: page for page in read_records(shadow.folder / "pages.parquet", PageComparison)}


def changes(shadow: Shadow) -> dict[str, str]:
    return {origin: page.change for origin, page in compared(shadow).items()}


def contents(home: Path) -> dict[str, str]:
    files = [path for path in home.rglob("*") if path.is_file() and "shadow" not in path.relative_to(home).parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_page_that_was_read_is_read_again_and_told_apart(home: Path) -> None:
    assert changes(run_shadow(home, INSTALLED)) == {
        "same.txt": "unchanged",
        "page.html": "unchanged",
        "edited.txt": "changed",
        "too-short.txt": "newly_quarantined",
        "found.txt": "newly_accepted",
        "menu.txt": "unchanged",
    }


def test_a_changed_page_says_what_it_lost_and_which_fields_differ(home: Path) -> None:
    page = compared(run_shadow(home, INSTALLED))["edited.txt"]
    assert page.lost == [GONE.rstrip(".")]
    assert page.gained == []
    lost = len(GONE.split())
    assert (page.words_lost, page.words_before - page.words_after) == (lost, lost)
    assert page.agreement == pytest.approx(2 * page.words_after / (page.words_before + page.words_after), abs=1e-4)
    assert [(change.name, change.before, change.after) for change in page.fields] == [
        ("title", "Quay shut", "Outer quay closed at Alder")
    ]


def test_the_worst_page_comes_first(home: Path) -> None:
    worst = [page.origin for page in run_shadow(home, INSTALLED).worst]
    assert worst == ["too-short.txt", "found.txt", "edited.txt"]


def test_outlets_are_counted_apart(home: Path) -> None:
    lines = {line.outlet_id: line for line in run_shadow(home, INSTALLED).outlets}
    post, mail = lines["tarn-post"], lines["marlow-mail"]
    assert (post.pages, post.unchanged, post.changed, post.newly_quarantined, post.titles) == (4, 2, 1, 1, 1)
    assert (mail.pages, mail.unchanged, mail.newly_accepted, mail.agreement, mail.words_lost) == (2, 1, 1, 0.0, 0)


def test_nothing_of_the_warehouse_changes_but_the_shadow(home: Path) -> None:
    before = contents(home)
    shadow = run_shadow(home, RECALL)
    assert contents(home) == before
    assert {path.name for path in (home / "shadow").iterdir()} == {"recall"}
    assert {path.name for path in shadow.folder.iterdir()} == {"pages.parquet", "report.html", "shadow.json"}


def test_workers_find_what_one_process_finds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = compared(run_shadow(home, INSTALLED))
    monkeypatch.setattr("extract.stored._PAGES_PER_BATCH", 2)
    assert compared(run_shadow(home, INSTALLED, workers=2)) == alone


def test_a_sample_is_the_same_pages_each_time(home: Path) -> None:
    def sampled(number: int) -> set[str]:
        shadow = run_shadow(home, INSTALLED, sample=number)
        assert (shadow.pages, shadow.readable_pages) == (number, 6)
        return set(compared(shadow))

    small = sampled(2)
    assert len(small) == 2
    assert small == sampled(2) < sampled(4)


def test_a_page_that_is_gone_from_the_store_costs_itself_and_is_listed_first(home: Path) -> None:
    digest = compared(run_shadow(home, INSTALLED))["same.txt"].content_sha256
    store.page_path(home, digest).unlink()
    shadow = run_shadow(home, INSTALLED)
    assert shadow.worst[0].origin == "same.txt"
    assert shadow.worst[0].change == "failed"
    assert "rerun the night" in str(shadow.worst[0].detail)
    assert (shadow.count("failed"), shadow.count("newly_quarantined")) == (1, 1)


def test_the_report_tells_texts_as_text(home: Path) -> None:
    with duckdb.connect(str(home / "current" / "dateline.duckdb")) as connection:
        connection.execute("update raw.documents set title = '<script>alert(1)</script>' where title = 'Quay shut'")
    report = (run_shadow(home, INSTALLED).folder / "report.html").read_text()
    assert "<script" not in report
    assert "&lt;script&gt;" in report
    assert GONE.rstrip(".") in report
    assert report.index("too-short.txt") < report.index("edited.txt")


def test_an_extractor_that_nobody_saw_is_not_accepted(home: Path) -> None:
    with pytest.raises(ExtractorError, match="run `make shadow`"):
        accept(home, RECALL)
    assert extractors.accepted_extractor(home) == INSTALLED


def test_a_shadow_of_an_older_release_does_not_count(home: Path) -> None:
    run_shadow(home, RECALL)
    release = (home / "current").resolve()
    newer = release.rename(release.with_name("2026-01-08-ba9876543210"))
    (home / "current").unlink()
    (home / "current").symlink_to(newer)
    with pytest.raises(ExtractorError, match="2026-01-08-ba9876543210"):
        accept(home, RECALL)


def test_a_shadow_of_other_code_does_not_count(home: Path) -> None:
    seen = run_shadow(home, RECALL).folder / "shadow.json"
    seen.write_text(json.dumps(json.loads(seen.read_text()) | {"extractor_digest": "0" * 64}))
    with pytest.raises(ExtractorError, match="changed since"):
        accept(home, RECALL)


def modes_of_parsing(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    modes: list[object] = []
    parse = steps.parse_page

    def spy(*arguments: object, **options: object) -> object:
        modes.append(options.get("mode"))
        return parse(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "parse_page", spy)
    return modes


def test_an_accepted_mode_reads_the_next_night(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_shadow(home, RECALL)
    assert "from the next one on" in accept(home, RECALL)
    modes = modes_of_parsing(monkeypatch)
    database = publish_night(folder, home, NEXT_NIGHT)
    assert modes == ["recall"]
    with duckdb.connect(str(database), read_only=True) as connection:
        versions = connection.execute("select extractor_version from raw.nights order by night").fetchall()
    assert [("recall" in version) for (version,) in versions] == [False, True]


def test_a_night_ends_with_the_extractor_it_began_with(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_shadow(home, RECALL)
    (shard,) = steps.collect(folder / "sources.yml", NEXT_NIGHT, home)
    accept(home, RECALL)
    modes = modes_of_parsing(monkeypatch)
    steps.parse_shard(home, NEXT_NIGHT, shard)
    assert modes == [None]


def test_the_installed_extractor_can_be_taken_back(home: Path) -> None:
    run_shadow(home, RECALL)
    accept(home, RECALL)
    assert accept(home, RECALL).startswith("Nothing to switch")
    assert run_shadow(home, RECALL).is_in_use
    run_shadow(home, INSTALLED)
    accept(home, INSTALLED)
    assert extractors.accepted_extractor(home) == INSTALLED
    assert accept(home, INSTALLED).startswith("Nothing to switch")


def other_model(folder: Path) -> Path:
    """Write a model that keeps somewhat less than the installed one."""
    with np.load(DEFAULT_MODEL, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    model = folder / "cleaner.npz"
    write_model(arrays | {"leave.bias": arrays["leave.bias"] - 1}, model)
    return model


def test_an_accepted_model_stays_when_the_file_it_came_from_goes(home: Path, tmp_path: Path) -> None:
    model = other_model(tmp_path)
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    candidate = Extractor(cleaner=model)
    extractors.switch_to(home, candidate)
    model.unlink()
    accepted = extractors.accepted_extractor(home)
    assert accepted.cleaner == home / "cleaners" / f"{digest}.npz"
    assert accepted.name == candidate.name == f"cleaner-{digest[:12]}"


def test_a_model_file_reads_the_shadow_and_once_accepted_the_next_night(
    folder: Path, home: Path, tmp_path: Path
) -> None:
    model = other_model(tmp_path)
    candidate = named_extractor(None, model)
    shadow = run_shadow(home, candidate)
    assert shadow.asked_as == f"CLEANER={model}"
    assert load_model(model).version in shadow.version
    accept(home, candidate)
    build = publish_night(folder, home, NEXT_NIGHT)
    with duckdb.connect(str(build), read_only=True) as connection:
        versions = connection.execute("select extractor_version from raw.nights order by night").fetchall()
        cleaners = connection.execute("select distinct cleaner from raw.documents order by all").fetchall()
    assert [load_model(model).version in version for (version,) in versions] == [False, True]
    assert (load_model(model).version,) in cleaners


def test_an_unknown_extractor_lists_the_choices() -> None:
    with pytest.raises(ExtractorError, match="installed, fast, precision, balanced, recall"):
        named_extractor("best", None)


@pytest.mark.parametrize("arguments", [["shadow"], ["shadow-accept", "--extractor", "recall"]])
def test_without_a_release_the_command_says_to_run_a_night(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--home", str(tmp_path / "home")]) == 1
    assert "run `make nightly` first" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


def test_the_command_prints_outlets_worst_pages_and_what_to_do(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shadow", "--home", str(home), "--extractor", "recall", "--workers", "1"]) == 0
    printed = capsys.readouterr().out
    assert "6 of 6 pages of 2026-01-08 read again" in printed
    assert "tarn-post" in printed
    assert printed.index("too-short.txt") < printed.index("edited.txt")
    assert "make shadow-accept EXTRACTOR=recall" in printed
    assert not (home / "extractor.json").exists()


def test_a_night_that_is_not_in_the_release_is_named(home: Path) -> None:
    with pytest.raises(ExtractorError, match="2026-01-31"):
        run_shadow(home, INSTALLED, nights=[date(2026, 1, 31)])
