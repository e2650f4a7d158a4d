"""A part that is missing skips a test, unless it is required."""

import pytest

from tests.required import REQUIRED, missing, required


def test_a_missing_part_skips_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "postgres")
    with pytest.raises(pytest.skip.Exception, match="no browser here"):
        missing("browser", "no browser here")


def test_a_missing_part_that_is_required_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED, "postgres, browser")
    with pytest.raises(pytest.fail.Exception, match=r"no browser here .*lists browser"):
        missing("browser", "no browser here")


def test_requiring_what_no_test_looks_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    assert required() == set()
    monkeypatch.setenv(REQUIRED, "browsers")
    with pytest.raises(ValueError, match="lists browsers: it knows postgres, browser, readers"):
        required()
