"""A real browser without a window, where one is installed: no browser is downloaded for a test."""

import contextlib
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextlib.contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser; the test is skipped, and says so, where none is installed."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"no browser here (looked for {', '.join(NAMES)}): pages were not opened")
    with sync_playwright() as driver:
        # Containers run tests as root, where the browser's sandbox does not start. Pages are our own files.
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
