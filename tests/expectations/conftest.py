"""One clean build, copied for each test that plants something into it."""

import shutil
from pathlib import Path

import pytest

from tests.expectations.tiny_build import write_tiny_build


@pytest.fixture(scope="session")
def clean_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build file that meets every expectation; never written to."""
    build_file = tmp_path_factory.mktemp("clean") / "dateline.duckdb"
    write_tiny_build(build_file)
    return build_file


@pytest.fixture
def build_file(clean_build: Path, tmp_path: Path) -> Path:
    """A copy of the clean build to plant faults into."""
    return Path(shutil.copy(clean_build, tmp_path / "dateline.duckdb"))
