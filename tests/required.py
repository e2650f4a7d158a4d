"""What a test needs of the machine and may miss: it is skipped with its reason, or fails where it must be there."""

import os
from typing import NoReturn

import pytest

REQUIRED = "DATELINE_REQUIRE"
PARTS = ("postgres", "browser", "readers")


def required() -> set[str]:
    """What `DATELINE_REQUIRE` lists, separated by commas: parts whose absence fails a test.

    Raises:
        ValueError: it lists something that no test looks at, so nothing would be required by it.
    """
    named = {part.strip() for part in os.environ.get(REQUIRED, "").split(",")} - {""}
    if unknown := sorted(named - set(PARTS)):
        raise ValueError(f"{REQUIRED} lists {', '.join(unknown)}: it knows {', '.join(PARTS)}")
    return named


def missing(part: str, reason: str) -> NoReturn:
    """End the test that runs: `part` is not there."""
    if part in required():
        pytest.fail(f"{reason} ({REQUIRED} lists {part})")
    pytest.skip(reason)
