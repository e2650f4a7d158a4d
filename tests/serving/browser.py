"""A real browser without a window, where one is installed: no browser is downloaded for a test."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from tests.required import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed_browser() -> str | None:
    """Path of a browser that is there."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser; the test is skipped, and says so, where none is installed and none is required."""
    program = installed_browser()
    if program is None:
        missing("browser", f"no browser here (looked for {', '.join(NAMES)}; CONTRIBUTING.md says how to get one)")
    with sync_playwright() as driver:
        # Containers run tests as root, where the browser's sandbox does not start. Pages are our own files.
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
