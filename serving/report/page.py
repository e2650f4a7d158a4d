"""The page: one file with styles, charts and numbers in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from serving.report.parts import Report, Value

FOLDER = Path(__file__).parent


def render(report: Report) -> str:
    """The page as HTML. Whatever a warehouse holds is shown as text, never run."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    environment.filters["shown"] = shown
    figures = [figure for section in report.sections for figure in section.figures]
    charts = {figure.name: figure.chart for figure in figures if figure.chart}
    return environment.get_template("page.html.jinja").render(
        report=report,
        charts=charts,
        style=Markup((FOLDER / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - ours
        library=Markup(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")) if charts else "",  # noqa: S704 - Vega, from its package
    )


def shown(value: Value) -> str:
    """A value as a cell says it: numbers with separators, nothing as a dash."""
    if value is None or value == "":
        return "–"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
