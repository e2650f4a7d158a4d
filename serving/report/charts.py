"""Charts as Vega-Lite specifications. Colours are the page's variables, so they follow light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

if TYPE_CHECKING:
    from serving.report.parts import Row

COLOURS = [f"var(--series-{number})" for number in range(1, 7)]
STEP = 26  # pixels a line of bars takes: what a finger can point at
SPREAD_STEP = 46  # a line of dots under its title

CONFIG: dict[str, Any] = {
    "font": "system-ui, sans-serif",
    "background": "transparent",
    "padding": {"left": 0, "top": 5, "right": 18, "bottom": 5},
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--muted)",
        "titleColor": "var(--muted)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelOverlap": True,
    },
    "axisY": {"domain": False, "ticks": False, "labelLimit": 150, "labelPadding": 8},
    "bar": {"cornerRadiusEnd": 3},
    "scale": {"bandPaddingInner": 0.28},
}


def bars(rows: list[Row], label: str, value: str, title: str) -> dict[str, Any]:
    """One bar a row, from the left, in the order of the rows, with its number at the end."""
    base = _base(rows, title).encode(
        x=alt.X(f"{value}:Q", title=None, axis=None, scale=alt.Scale(nice=False, padding=24, domainMin=0)),
        y=alt.Y(f"{label}:N", sort=None, title=None),
        tooltip=_told(label, value),
    )
    bar = base.mark_bar(color=COLOURS[0], height={"band": 0.72})
    number = base.mark_text(align="left", dx=5, color="var(--ink)").encode(text=alt.Text(f"{value}:Q", format=","))
    return _finished((bar + number).properties(height=STEP * len(rows)))


def stacked_bars(
    rows: list[Row], label: str, value: str, part: str, parts: dict[str, str], title: str, is_upright: bool = False
) -> dict[str, Any]:
    """Bars of parts; `parts` gives each part its colour, in the order they lie."""
    order = {name: place for place, name in enumerate(parts)}
    placed: list[Row] = [{**row, "place": order[str(row[part])]} for row in rows]
    length = alt.X if not is_upright else alt.Y
    across = alt.Y if not is_upright else alt.X
    labels = alt.Axis(labelAngle=0) if is_upright else alt.Axis()
    shown = {
        "x" if length is alt.X else "y": length(f"{value}:Q", title=None, axis=alt.Axis(tickCount=5, tickMinStep=1)),
        "y" if across is alt.Y else "x": across(f"{label}:N", sort=None, title=None, axis=labels),
    }
    chart: alt.Chart = (
        _base(placed, title)
        .mark_bar(cornerRadius=0)
        .encode(
            color=alt.Color(f"{part}:N", scale=alt.Scale(domain=list(parts), range=list(parts.values())), legend=None),
            order=alt.Order("place:Q"),
            tooltip=_told(label, part, value),
            **shown,
        )
    )
    return _finished(chart.properties(height=220 if is_upright else _height(rows, label)))


def day_grid(rows: list[Row], days: list[str], day: str, label: str, value: str, title: str) -> dict[str, Any]:
    """A cell for each day and label: the more, the fuller its colour; of `days`, those without a row stay empty."""
    axis = alt.Axis(labelAngle=0, domain=False, ticks=False, labelExpr="slice(datum.value, 2)")
    base = _base(rows, title).encode(
        x=alt.X(f"{day}:N", scale=alt.Scale(domain=days), title=None, axis=axis),
        y=alt.Y(f"{label}:N", sort=None, title=None),
        tooltip=_told(label, day, value),
    )
    cell = base.mark_rect(color=COLOURS[0], cornerRadius=3, stroke="var(--card)", strokeWidth=2).encode(
        opacity=alt.Opacity(f"{value}:Q", scale=alt.Scale(domainMin=0, range=[0.08, 0.75]), legend=None)
    )
    is_readable = len(days) <= 10  # more numbers than that run into each other on a phone
    number = base.mark_text(color="var(--ink)").encode(text=alt.Text(f"{value}:Q"))
    return _finished((cell + number if is_readable else cell).properties(height=_height(rows, label)))


def timeline(rows: list[Row], roles: dict[str, str], title: str) -> dict[str, Any]:
    """Publications of a story: a dot where the minute is known, a line over the day where only the day is."""
    outlets = list(dict.fromkeys(str(row["outlet"]) for row in rows))
    outlet = alt.Y("outlet:N", sort=outlets, title=None, axis=alt.Axis(grid=True))
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(roles), range=list(roles.values())), legend=None)
    axis = alt.Axis(
        labelExpr="[utcFormat(datum.value, '%d %b'), utcFormat(datum.value, '%H:%M')]", tickCount=4, labelFlush=True
    )
    scale = alt.Scale(type="utc", padding=14)
    shared = {"y": outlet, "color": colour, "tooltip": _told("outlet", "headline", "role", "when")}
    whole_days = [row for row in rows if row["known"] == "day"]
    minutes = [row for row in rows if row["known"] == "minute"]
    layers: list[alt.Chart] = []
    if whole_days:
        bar = _base(whole_days, title).mark_bar(height=5, cornerRadius=2, opacity=0.75)
        layers.append(bar.encode(x=alt.X("from:T", title=None, axis=axis, scale=scale), x2="to:T", **shared))
    if minutes:
        dot = _base(minutes, title).mark_circle(size=130, opacity=0.95, stroke="var(--card)", strokeWidth=1.5)
        layers.append(dot.encode(x=alt.X("from:T", title=None, axis=axis, scale=scale), **shared))
    return _finished(alt.layer(*layers).properties(height=_height(rows, "outlet")))


def spread(rows: list[Row], roles: dict[str, str], title: str) -> dict[str, Any]:
    """Copies of each text, by hours after the first known; the text's headline stands over its line."""
    over = alt.Axis(
        labelAlign="left", labelBaseline="bottom", labelOffset=-9, labelPadding=0, labelLimit=290, grid=True, zindex=1
    )
    chart = (
        _base(rows, title)
        .mark_circle(size=140, opacity=0.95, stroke="var(--card)", strokeWidth=1.5)
        .encode(
            x=alt.X(
                "hours:Q",
                title="hours after the first known",
                scale=alt.Scale(type="symlog", padding=10, nice=False),
                axis=alt.Axis(values=[0, 1, 3, 6, 12, 24, 72, 168, 720], format="~g"),
            ),
            y=alt.Y("title:N", sort=None, title=None, axis=over),
            color=alt.Color("credit:N", scale=alt.Scale(domain=list(roles), range=list(roles.values())), legend=None),
            tooltip=_told("outlet", "title", "credit", "after", "kind"),
        )
    )
    return _finished(chart.properties(height=_height(rows, "title", SPREAD_STEP)))


def _base(rows: list[Row], title: str) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows), description=title, width="container")


def _height(rows: list[Row], label: str, step: int = STEP) -> int:
    return step * len({row[label] for row in rows})


def _told(*fields: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{field}:N") for field in fields]


def _finished(chart: alt.Chart | alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    specification: dict[str, Any] = chart.to_dict(validate=False)
    return {**specification, "config": CONFIG}
