"""The order of all tests."""

import pytest

# Whole nights in processes of their own take minutes: begun last, they would be waited for by one process alone.
LONGEST = (
    "test_a_night_can_be_repeated.py",
    "test_copies_in_any_order.py",
    "test_history.py",
    "test_the_sample_nights.py",
    "test_nights_in_any_order.py",
    "test_floors.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; the others stay in their order."""
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))
