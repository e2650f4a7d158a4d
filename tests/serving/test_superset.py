"""A fresh Superset, set up as `make superset` does it, answers and draws every chart: `make test-superset`, minutes.

DATELINE_HOME names the warehouse to take the release from, DATELINE_SCREENSHOTS a folder for pictures, and
DATELINE_SUPERSET an environment other than .venv-superset.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nightly.dashboards import PORT
from nightly.settings import PROJECT
from serving.superset.bundle import read_description
from tests.serving.browser import installed_browser, open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Response

pytestmark = pytest.mark.superset

PROGRAMS = Path(os.environ.get("DATELINE_SUPERSET", PROJECT / ".venv-superset")) / "bin"
ADDRESS = f"http://127.0.0.1:{PORT}"
LOWEST_CHART = (
    "Math.max(...[...document.querySelectorAll('.slice_container')].map(box => box.getBoundingClientRect().bottom))"
)
SECONDS_TO_START = 900  # the set-up takes about two minutes of an idle machine


@pytest.fixture(scope="module")
def password(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh Superset that serves; yields its password."""
    original = Path(os.environ.get("DATELINE_HOME", PROJECT / "warehouse"))
    # Asked for by name, these tests do not pass by skipping.
    if not (PROGRAMS / "superset").exists():
        pytest.fail(f"there is no Superset in {PROGRAMS}: `make test-superset` installs it")
    if not (original / "current").exists():
        pytest.fail(
            f"there is no release in {original}: run `make nightly` first, or name a warehouse by DATELINE_HOME"
        )
    if installed_browser() is None:
        pytest.fail("there is no browser to draw with: CONTRIBUTING.md says how to get one")
    home = tmp_path_factory.mktemp("superset") / "home"
    release = (original / "current").resolve()
    shutil.copytree(release, home / "releases" / release.name)
    (home / "current").symlink_to(f"releases/{release.name}")
    server = subprocess.Popen(
        [sys.executable, "-m", "nightly.dashboards", str(PROGRAMS)],
        cwd=PROJECT,
        env={**os.environ, "DATELINE_HOME": str(home)},
        start_new_session=True,
    )
    try:
        _wait(server)
        yield (home / "superset" / "password.txt").read_text("utf-8").strip()
    finally:
        os.killpg(server.pid, 15)
        server.wait()


def _wait(server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert server.poll() is None, "Superset ended before it served"
        try:
            urllib.request.urlopen(f"{ADDRESS}/health", timeout=5)
        except OSError:
            time.sleep(2)
        else:
            return
    pytest.fail("Superset did not answer")


def test_every_chart_of_every_dashboard_is_drawn_and_has_rows(password: str) -> None:
    description = read_description()
    pictures = os.environ.get("DATELINE_SCREENSHOTS")
    with open_browser() as browser:
        tab = browser.new_context(viewport={"width": 1400, "height": 2400}).new_page()
        tab.set_default_timeout(180_000)
        tab.goto(f"{ADDRESS}/login/")
        tab.locator("input:visible").first.fill("dateline")
        tab.locator("input[type=password]").fill(password)
        tab.keyboard.press("Enter")
        tab.wait_for_url(lambda address: "login" not in address)
        for title, dashboard in description["dashboards"].items():
            charts = [chart for row in dashboard["rows"] for chart in row["charts"]]
            answers: list[Response] = []
            tab.on("response", lambda answer, kept=answers: kept.append(answer) if "chart/data" in answer.url else None)
            tab.goto(f"{ADDRESS}/superset/dashboard/{dashboard['slug']}/?standalone=2")
            tab.wait_for_function(
                "count => document.querySelectorAll('.slice_container').length >= count", arg=len(charts)
            )
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(3_000)  # bars grow for a second
            results = [result for answer in answers for result in answer.json().get("result", [])]
            assert len(results) >= len(charts), title
            assert all(result["data"] and not result["error"] for result in results), title
            assert not tab.get_by_text("No results were returned").count(), title
            chosen = [name for name, choice in dashboard.get("filters", {}).items() if "first_by" in choice]
            asked = [answer.request.post_data_json["queries"][0].get("filters", []) for answer in answers]
            assert not chosen or any(one["op"] == "IN" for filters in asked for one in filters), "no story is chosen"
            if pictures:
                size = {"width": 1400, "height": tab.evaluate(LOWEST_CHART) + 40}
                tab.screenshot(path=f"{pictures}/superset-{dashboard['slug']}.png", clip={"x": 0, "y": 0, **size})
