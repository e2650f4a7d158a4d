"""The committed sample pages are what the newsroom's texts make today."""

from pathlib import Path

from samples.make_samples import write_samples

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [*(folder / "nights").rglob("*"), folder / "gold.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def test_the_committed_samples_are_what_the_newsroom_makes(tmp_path: Path) -> None:
    write_samples(tmp_path)
    made, committed = files_of(tmp_path), files_of(SAMPLES)
    assert len(made) > 60
    assert made.keys() == committed.keys()
    assert [name for name in made if made[name] != committed[name]] == [], "run: python samples/make_samples.py"


def test_a_rerun_removes_pages_that_the_newsroom_no_longer_has(tmp_path: Path) -> None:
    leftover = tmp_path / "nights" / "2026-01-08" / "old.html"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("left by an earlier run")
    write_samples(tmp_path)
    assert not leftover.exists()
    assert (tmp_path / "gold.json").exists()


def test_the_corpus_stays_small_on_disk() -> None:
    size_bytes = sum(len(content) for content in files_of(SAMPLES).values())
    assert 300_000 < size_bytes < 1_500_000
