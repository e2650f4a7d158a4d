import gzip
import hashlib
from pathlib import Path

import pytest

from extract import store
from extract.errors import StoreError


def test_equal_content_is_stored_once_and_comes_back(tmp_path: Path) -> None:
    digest = store.keep(tmp_path, b"page")
    written = store.page_path(tmp_path, digest).stat().st_mtime_ns
    assert store.keep(tmp_path, b"page") == digest == hashlib.sha256(b"page").hexdigest()
    assert store.page_path(tmp_path, digest).stat().st_mtime_ns == written
    assert store.fetch(tmp_path, digest) == b"page"
    assert len([path for path in (tmp_path / "pages").rglob("*") if path.is_file()]) == 1


def test_damaged_bytes_are_not_handed_out(tmp_path: Path) -> None:
    digest = store.keep(tmp_path, b"page")
    store.page_path(tmp_path, digest).write_bytes(gzip.compress(b"other"))
    with pytest.raises(StoreError, match="does not hold what its name says"):
        store.fetch(tmp_path, digest)


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    digest = store.keep(tmp_path, b"page" * 100)
    path = store.page_path(tmp_path, digest)
    packed = path.read_bytes()
    path.write_bytes(packed[:12] + b"\xff\xff\xff" + packed[15:])
    with pytest.raises(StoreError, match="rerun the night"):
        store.fetch(tmp_path, digest)


def test_a_stored_page_is_the_same_file_on_every_machine(tmp_path: Path) -> None:
    path = store.page_path(tmp_path, store.keep(tmp_path, b"page"))
    assert path.read_bytes()[4:8] == bytes(4)  # no time stamp in the gzip header


def test_missing_bytes_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="rerun the night"):
        store.fetch(tmp_path, "0" * 64)
