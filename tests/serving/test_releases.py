"""Publishing: a read-only release, `current` flipped at once, refused when it would undo another night."""

import errno
import json
import re
import shutil
import stat
from pathlib import Path

import duckdb
import pytest

from serving.__main__ import listed, main
from serving.digest import mart_tables
from serving.errors import BaseMoved, BuildNotReady, NoRelease, ServingError
from serving.releases import current_release, list_releases, marts_digest, publish, roll_back
from tests.serving.conftest import MakeBuild

CHANGE = "update marts.articles set grade = 'B' where article_id = 'ap3'"


def names(home: Path) -> set[str]:
    return {path.name for path in (home / "releases").iterdir() if not path.name.startswith(".lock")}


def test_a_release_is_named_after_its_latest_night_and_its_content(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    digest = marts_digest(build_file)
    release = publish(build_file, home)
    assert release.name == f"2026-01-05-{digest[:12]}"
    assert marts_digest(release.database) == release.digest == digest
    assert (home / "current").is_symlink()
    assert (home / "current").resolve() == release.folder.resolve()
    assert not (home / "current").readlink().is_absolute()
    assert current_release(home) == release


def test_the_manifest_says_what_is_inside(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(), home)
    manifest = json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
    assert manifest["night"] == "2026-01-05"
    assert manifest["digest"] == release.digest
    assert manifest["base"] is None
    assert manifest["versions"]["duckdb"] == duckdb.__version__
    assert manifest["rows"]["articles"] == 3
    assert manifest["rows"]["copies"] == 4
    assert release.rows == manifest["rows"]


def test_the_pages_of_the_gates_go_along(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    page = build_file.parent.parent / "gates" / "built" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("passed", encoding="utf-8")
    release = publish(build_file, home)
    assert (release.folder / "data_docs" / "built" / "index.html").read_text(encoding="utf-8") == "passed"


def test_every_mart_and_report_can_be_had_as_parquet(make_build: MakeBuild, home: Path) -> None:
    viewed = "create schema reports; create view reports.copies as select copy_id from marts.copies limit 2"
    release = publish(make_build(statement=viewed), home, with_parquet=True)
    with duckdb.connect(str(release.database), read_only=True) as connection:
        marts = mart_tables(connection)
    assert len(marts) > 10
    assert {path.stem for path in (release.folder / "parquet" / "marts").iterdir()} == set(marts)
    for schema, rows in (("marts", 4), ("reports", 2)):
        file = release.folder / "parquet" / schema / "copies.parquet"
        assert duckdb.sql(f"select count(*) from '{file}'").fetchall() == [(rows,)]


def test_the_file_of_a_release_is_read_only(make_build: MakeBuild, home: Path) -> None:
    release = publish(make_build(), home)
    assert stat.S_IMODE(release.database.stat().st_mode) == 0o444


def test_publishing_again_changes_nothing(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    first = publish(build_file, home)
    inode = first.database.stat().st_ino
    assert publish(build_file, home) == first
    assert first.database.stat().st_ino == inode
    assert names(home) == {first.name}


def test_the_file_of_the_build_becomes_that_of_the_release_and_nothing_of_the_night_can_write_to_it(
    make_build: MakeBuild, home: Path
) -> None:
    build_file = make_build()
    inode = build_file.stat().st_ino
    release = publish(build_file, home)
    assert release.database.stat().st_ino == inode
    assert release.database.stat().st_nlink == 1
    assert not build_file.exists()


def test_a_build_is_copied_where_files_have_one_name_only(
    make_build: MakeBuild, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no second names here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    build_file = make_build()
    release = publish(build_file, home)
    assert current_release(home) == release
    assert not build_file.exists()


def test_a_build_that_was_handed_over_is_shown_again_and_not_when_another_night_came(
    make_build: MakeBuild, home: Path
) -> None:
    first_build = make_build()
    first = publish(first_build, home)
    second_build = make_build("2026-01-06", base=first.name, statement=CHANGE)
    second = publish(second_build, home)
    roll_back(home)
    assert publish(second_build, home) == second == current_release(home)
    with pytest.raises(BaseMoved):
        publish(first_build, home)
    shutil.rmtree(first.folder)
    with pytest.raises(BuildNotReady, match="there is no build"):
        publish(first_build, home)


def test_a_night_run_again_to_the_same_marts_is_the_same_release(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    again = make_build(base=first.name, statement="delete from raw.terms")
    assert publish(again, home) == first


def test_a_new_night_becomes_current_and_the_old_release_stays(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    second = publish(make_build("2026-01-06", base=first.name, statement=CHANGE), home)
    assert current_release(home) == second
    assert second.name.startswith("2026-01-06-")
    assert names(home) == {first.name, second.name}
    assert [release.name for release in list_releases(home)] == [second.name, first.name]


def test_a_build_that_started_from_another_release_is_refused(make_build: MakeBuild, home: Path) -> None:
    late = make_build("2026-01-06", base="", statement=CHANGE)
    first = publish(make_build(), home)
    with pytest.raises(BaseMoved, match=f"started from nothing, but {first.name} is current now"):
        publish(late, home)
    assert current_release(home) == first
    assert names(home) == {first.name}


def test_a_build_of_unknown_origin_is_refused(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    build_file.with_name("base.txt").unlink()
    with pytest.raises(BuildNotReady, match=r"base\.txt is missing"):
        publish(build_file, home)
    assert not (home / "current").exists()


def test_a_write_ahead_log_beside_the_build_is_refused(make_build: MakeBuild, home: Path) -> None:
    build_file = make_build()
    log = build_file.with_name(build_file.name + ".wal")
    log.write_bytes(b"left behind")
    with pytest.raises(BuildNotReady, match="its last writer was killed"):
        publish(build_file, home)
    assert log.read_bytes() == b"left behind"
    assert not (home / "current").exists()


def test_a_build_without_nights_is_refused(make_build: MakeBuild, home: Path) -> None:
    with pytest.raises(BuildNotReady, match="holds no night"):
        publish(make_build(statement="delete from raw.nights"), home)


def test_a_missing_build_is_refused_and_not_created(home: Path) -> None:
    with pytest.raises(BuildNotReady, match="there is no build"):
        publish(home / "work" / "dateline.duckdb", home)
    assert not home.exists()


def test_only_so_many_releases_are_kept_and_never_without_the_current_one(make_build: MakeBuild, home: Path) -> None:
    base, made = "", []
    for day in range(6, 11):
        release = publish(make_build(f"2026-01-{day:02}", base=base), home, keep=3)
        base = release.name
        made.append(release.name)
    assert names(home) == set(made[-3:])
    # An older night that is published again becomes current, and must outlive newer names.
    shutil.rmtree(home / "releases" / made[-2])
    publish(make_build("2026-01-07", base=base), home, keep=1)
    assert names(home) == {current_release(home).name}
    assert current_release(home).name == made[1]


def test_what_a_killed_publisher_left_is_cleared_away(make_build: MakeBuild, home: Path) -> None:
    leftover = home / "releases" / ".unfinished-2026-01-01-abc"
    leftover.mkdir(parents=True)
    (leftover / "dateline.duckdb").write_bytes(b"half")
    (home / ".current-next").symlink_to("releases/nowhere")
    release = publish(make_build(), home)
    assert names(home) == {release.name}
    assert current_release(home) == release


def test_a_folder_that_is_no_release_is_left_alone(make_build: MakeBuild, home: Path) -> None:
    (home / "releases" / "notes").mkdir(parents=True)
    release = publish(make_build(), home, keep=1)
    assert names(home) == {release.name, "notes"}


def test_an_empty_warehouse_has_no_current_release(home: Path) -> None:
    with pytest.raises(NoRelease, match="run a night first") as failure:
        current_release(home)
    assert isinstance(failure.value, ServingError)
    assert list_releases(home) == []


def test_names_sort_by_night(make_build: MakeBuild, home: Path) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}", publish(make_build(), home).name)


def test_readers_are_led_back_to_an_earlier_release_and_forth_again(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    second = publish(make_build("2026-01-06", base=first.name, statement=CHANGE), home)
    assert roll_back(home) == first == current_release(home)
    assert roll_back(home, second.name) == second == current_release(home)
    assert roll_back(home, "2026-01-05") == first
    assert names(home) == {first.name, second.name}


def test_a_release_that_is_not_kept_cannot_be_gone_back_to(make_build: MakeBuild, home: Path) -> None:
    with pytest.raises(NoRelease, match="run a night first"):
        roll_back(home)
    release = publish(make_build(), home)
    with pytest.raises(NoRelease, match=f"made before the current one are kept; choose one of\n  {release.name}"):
        roll_back(home)
    with pytest.raises(NoRelease, match="no releases called 2025-12-31"):
        roll_back(home, "2025-12-31")
    assert current_release(home) == release


def test_a_night_with_two_releases_is_not_guessed(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    publish(make_build(base=first.name, statement=CHANGE), home)
    with pytest.raises(NoRelease, match="2 releases called 2026-01-05"):
        roll_back(home, "2026-01-05")


def test_after_going_back_the_next_night_starts_from_there(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    second = publish(make_build("2026-01-06", base=first.name, statement=CHANGE), home)
    roll_back(home)
    with pytest.raises(BaseMoved):
        publish(make_build("2026-01-07", base=second.name), home)
    assert publish(make_build("2026-01-07", base=first.name), home) == current_release(home)


def test_every_kept_night_is_one_attach_away(make_build: MakeBuild, home: Path) -> None:
    first = publish(make_build(), home)
    publish(make_build("2026-01-06", base=first.name, statement=CHANGE), home)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home}/current/dateline.duckdb' as today (read_only)")
        connection.execute(f"attach '{home}/releases/{first.name}/dateline.duckdb' as earlier (read_only)")
        changed = connection.execute(
            "select article_id, earlier.grade, today.grade from today.marts.articles as today "
            "inner join earlier.marts.articles as earlier using (article_id) where earlier.grade <> today.grade"
        ).fetchall()
    assert changed == [("ap3", "A", "B")]


def test_the_command_lists_goes_back_and_exports(
    make_build: MakeBuild, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["releases", "--home", str(home)]) == 0
    assert main(["rollback", "--home", str(home)]) == 1
    first = publish(make_build(), home)
    publish(make_build("2026-01-06", base=first.name, statement=CHANGE), home)
    assert main(["rollback", "--home", str(home)]) == 0
    assert first.name in capsys.readouterr().out
    assert main(["parquet", str(tmp_path / "export"), "--home", str(home)]) == 0
    assert duckdb.sql(f"select count(*) from '{tmp_path}/export/marts/copies.parquet'").fetchall() == [(4,)]
    assert main(["parquet", str(tmp_path / "export"), "--home", str(home)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["parquet", "--home", str(home)]) == 0
    assert capsys.readouterr().out.strip() == str(first.folder / "parquet")
    assert (first.folder / "parquet" / "marts" / "articles.parquet").is_file()
    table = listed(home)
    assert [list(column.cells) for column in table.columns][1] == ["2026-01-06", "2026-01-05"]
    assert [list(column.cells) for column in table.columns][-1] == ["", "yes"]
