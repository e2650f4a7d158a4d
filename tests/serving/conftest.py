"""A warehouse folder with one finished build, ready to publish."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.expectations.tiny_build import write_tiny_build

MakeBuild = Callable[..., Path]


@pytest.fixture(scope="session")
def finished_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build; never written to."""
    build_file = tmp_path_factory.mktemp("finished") / "dateline.duckdb"
    write_tiny_build(build_file)
    return build_file


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty warehouse."""
    return tmp_path / "warehouse"


@pytest.fixture
def make_build(finished_build: Path, home: Path) -> MakeBuild:
    """Lays a build into the warehouse: `make_build("2026-01-06", base="")`, changed by a statement if need be."""

    def make(night: str = "2026-01-05", base: str = "", statement: str = "") -> Path:
        folder = home / "work" / night / "build"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build_file = Path(shutil.copyfile(finished_build, folder / "dateline.duckdb"))
        (folder / "base.txt").write_text(base, encoding="utf-8")
        with duckdb.connect(str(build_file)) as connection:
            connection.execute(
                "insert into raw.nights by name select ?::date as night, 0 as pages, '' as "
                "sources_digest, '' as extractor_version where ? > '2026-01-05'",
                [night, night],
            )
            if statement:
                connection.execute(statement)
        return build_file

    return make
