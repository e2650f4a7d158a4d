"""What Superset imports, from dashboards.yml: `python -m serving.superset.bundle BUNDLE.zip [--home warehouse]`."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

from serving.digest import quoted
from serving.errors import ServingError
from serving.reading import open_current

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DESCRIPTION = Path(__file__).with_name("dashboards.yml")
DATABASE_NAME = "Dateline"
# Read-only alone still lets SQL read the machine's files and write new ones.
OPTIONS = "access_mode=read_only&enable_external_access=false&lock_configuration=true"
NAMESPACE = uuid.UUID("6b1ad1c4-6f0b-5d0a-9a59-0d6c3c1f7f10")  # ours; names under it are stable from bundle to bundle
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can say
COLOURS = "supersetColors"
MOST_ROWS = 1000

Node = dict[str, Any]
Row = tuple[Any, ...]


def write_bundle(home: Path, bundle: Path) -> Path:
    """Write the ZIP of assets for Superset. Equal descriptions and tables give equal bytes.

    Args:
        home: Folder of the warehouse; Superset opens home/current/dateline.duckdb, so it follows every new release.
        bundle: ZIP file to write.

    Raises:
        NoRelease: Nothing was published yet.
        duckdb.Error: A dataset names a table or column that is not there.
    """
    with open_current(home) as connection:
        files = expand(read_description(), connection, home)
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"dateline/{name}", EPOCH)
            archive.writestr(entry, yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
    return bundle


def read_description() -> Node:
    """The dashboards in brief."""
    description: Node = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
    return description


def expand(description: Node, connection: duckdb.DuckDBPyConnection, home: Path) -> dict[str, Node]:
    """Files of the bundle by name, as Superset's importers read them."""
    files: dict[str, Node] = {
        "metadata.yaml": {"version": "1.0.0", "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        "databases/dateline.yaml": _database(home),
    }
    comments = _comments(connection)
    for name, dataset in description["datasets"].items():
        columns = connection.execute(f"describe select * from {query_of(dataset)}").fetchall()  # noqa: S608 - ours
        files[f"datasets/dateline/{name}.yaml"] = _dataset(name, dataset, columns, comments)
    for title, chart in description["charts"].items():
        files[f"charts/{_slug(title)}.yaml"] = _chart(title, chart, description["datasets"][chart["dataset"]])
    for title, dashboard in description["dashboards"].items():
        files[f"dashboards/{dashboard['slug']}.yaml"] = _dashboard(title, dashboard)
    return files


def query_of(dataset: Node) -> str:
    """The relation of a dataset, as it stands behind `from`."""
    if "sql" in dataset:
        return f"({dataset['sql']})"
    return ".".join(quoted(part) for part in dataset["table"].split("."))


def identity(*names: str) -> str:
    """A stable identifier of something in the bundle."""
    return str(uuid.uuid5(NAMESPACE, "/".join(names)))


def _slug(title: str) -> str:
    return title.lower().replace(" ", "_")


def _database(home: Path) -> Node:
    return {
        "database_name": DATABASE_NAME,
        "sqlalchemy_uri": f"duckdb:///{(home / 'current' / 'dateline.duckdb').absolute()}?{OPTIONS}",
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": identity("database"),
        "version": "1.0.0",
    }


def _comments(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """What the warehouse says of each column, by schema.table.column."""
    rows = connection.execute(
        "select concat_ws('.', schema_name, table_name, column_name), comment from duckdb_columns() where not internal"
    ).fetchall()
    return dict(rows)


def _dataset(name: str, dataset: Node, columns: Sequence[Row], comments: Mapping[str, str | None]) -> Node:
    schema, _, table = dataset.get("table", "").partition(".")
    sources = dataset.get("comments", {})
    return {
        "table_name": table or name,
        "schema": schema or "reports",
        "sql": dataset.get("sql"),
        "main_dttm_col": dataset.get("time"),
        "uuid": identity("dataset", name),
        "database_uuid": identity("database"),
        "version": "1.0.0",
        "metrics": [
            {"metric_name": metric, "verbose_name": metric, "expression": expression}
            for metric, expression in dataset["metrics"].items()
        ],
        "columns": [
            {
                "column_name": column[0],
                "type": column[1],
                "is_dttm": column[1] in ("DATE", "TIMESTAMP"),
                "groupby": True,
                "filterable": True,
                "description": comments.get(sources.get(column[0], f"{schema}.{table}.{column[0]}")),
            }
            for column in columns
        ]
        + [
            {
                "column_name": column,
                "type": "VARCHAR",
                "expression": expression,
                "groupby": True,
                "filterable": True,
                "description": comments.get(sources.get(column, "")),
            }
            for column, expression in dataset.get("computed", {}).items()
        ],
    }


def _chart(title: str, chart: Node, dataset: Node) -> Node:
    viz_type, parameters = _KINDS[chart["kind"]](chart, dataset)
    everything = {
        "viz_type": viz_type,
        "adhoc_filters": [],
        "time_range": "No filter",
        "color_scheme": COLOURS,
        "row_limit": chart.get("rows", MOST_ROWS),
        **parameters,
    }
    return {
        "slice_name": title,
        "viz_type": viz_type,
        "params": everything,
        "query_context": None,
        "uuid": identity("chart", title),
        "dataset_uuid": identity("dataset", chart["dataset"]),
        "version": "1.0.0",
    }


def _number(chart: Node, _dataset: Node) -> tuple[str, Node]:
    return "big_number_total", {
        "metric": chart["metric"],
        "subtitle": chart["note"],
        "header_font_size": 0.4,
        "subtitle_font_size": 0.2,
        "y_axis_format": ",d",
    }


def _series(chart: Node, over: str, grain: str | None) -> Node:
    return {
        "x_axis": over,
        "time_grain_sqla": grain,
        "metrics": [chart["metric"]],
        "groupby": [chart["by"]] if "by" in chart else [],
        "show_legend": "by" in chart,
        "legendOrientation": "top",
        "legendType": "scroll",
        "rich_tooltip": True,
        "truncate_metric": True,
        "y_axis_format": "SMART_NUMBER",
    }


def _bars(chart: Node, _dataset: Node) -> tuple[str, Node]:
    return "echarts_timeseries_bar", {
        **_series(chart, chart["over"], None),
        "orientation": "horizontal",
        "stack": "Stack" if "by" in chart else None,
        "show_value": "by" not in chart,
        "x_axis_sort": chart["metric"],
        "x_axis_sort_asc": True,
        "x_axis_force_categorical": True,
        "order_desc": True,
    }


def _days(chart: Node, dataset: Node) -> tuple[str, Node]:
    return "echarts_timeseries_bar", {
        **_series(chart, dataset["time"], "P1D"),
        "stack": "Stack",
        "x_axis_time_format": "%Y-%m-%d",
    }


def _hours(chart: Node, dataset: Node) -> tuple[str, Node]:
    return "echarts_timeseries_bar", {
        **_series(chart, dataset["time"], "PT1H"),
        "stack": "Stack",
        "x_axis_time_format": "%d %b %H:%M",
    }


def _grid(chart: Node, _dataset: Node) -> tuple[str, Node]:
    return "heatmap_v2", {
        "x_axis": chart["over"],
        "time_grain_sqla": "P1D",
        "groupby": chart["by"],
        "metric": chart["metric"],
        "linear_color_scheme": "schemeBlues",
        "normalize_across": "heatmap",
        "left_margin": 140,
        "bottom_margin": 40,
        "sort_x_axis": "alpha_asc",
        "sort_y_axis": "alpha_desc",
        "x_axis_time_format": "%Y-%m-%d",
        "show_values": True,
        "show_legend": False,
        "y_axis_format": "SMART_NUMBER",
        "value_bounds": [None, None],
    }


def _table(chart: Node, _dataset: Node) -> tuple[str, Node]:
    return "table", {
        "query_mode": "raw",
        "all_columns": chart["columns"],
        "order_by_cols": [json.dumps([chart["order"], not chart.get("is_falling", False)])],
        "row_limit": MOST_ROWS,
        "page_length": chart["rows"],  # of a page, so that none is cut in two by the edge of its box
        "table_timestamp_format": "%Y-%m-%d %H:%M" if "published_at" in chart["columns"] else "%Y-%m-%d",
        "show_cell_bars": False,
        "include_search": True,
        "server_pagination": False,
    }


_KINDS = {
    "number": _number,
    "bars": _bars,
    "days": _days,
    "hours": _hours,
    "grid": _grid,
    "table": _table,
}


def _dashboard(title: str, dashboard: Node) -> Node:
    return {
        "dashboard_title": title,
        "slug": dashboard["slug"],
        "published": True,
        "css": "",
        "position": _position(title, dashboard["rows"]),
        "metadata": {
            "native_filter_configuration": [_filter(*one) for one in dashboard.get("filters", {}).items()],
            "color_scheme": COLOURS,
            "cross_filters_enabled": True,
        },
        "uuid": identity("dashboard", title),
        "version": "1.0.0",
    }


def _position(title: str, rows: list[Node]) -> Node:
    names = [f"ROW-{number}" for number in range(len(rows))]
    position: Node = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": names, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": title}},
    }
    for name, row in zip(names, rows, strict=True):
        boxes = [f"CHART-{_slug(chart)}" for chart in row["charts"]]
        background = {"background": "BACKGROUND_TRANSPARENT"}
        parents = ["ROOT_ID", "GRID_ID"]
        position[name] = {"type": "ROW", "id": name, "children": boxes, "parents": parents, "meta": background}
        for box, (chart, width) in zip(boxes, row["charts"].items(), strict=True):
            meta = {"uuid": identity("chart", chart), "sliceName": chart, "width": width, "height": row["height"]}
            # Superset finds a chart of a bundle by its uuid; the number is only a place for the one it gives.
            meta["chartId"] = uuid.UUID(meta["uuid"]).int % 1_000_000
            position[box] = {"type": "CHART", "id": box, "children": [], "parents": [*parents, name], "meta": meta}
    return position


def _filter(name: str, described: Node) -> Node:
    """A choice of values: of one, the first by a metric where the description names it; else of any, none at first."""
    dataset, _, column = described["column"].partition(".")
    metric = described.get("first_by")
    return {
        "id": f"NATIVE_FILTER-{_slug(name)}",
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "name": name,
        "targets": [{"datasetUuid": identity("dataset", dataset), "column": {"name": column}}],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "cascadeParentIds": [],
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "sortMetric": metric,
        "requiredFirst": metric is not None,  # else the first value is shown as chosen, and charts do not know of it
        "controlValues": {
            "multiSelect": metric is None,
            "enableEmptyFilter": metric is not None,
            "defaultToFirstItem": metric is not None,
            "sortAscending": metric is None,
            "searchAllOptions": False,
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m serving.superset.bundle", description=__doc__)
    parser.add_argument("bundle", type=Path, help="ZIP file to write")
    parser.add_argument("--home", type=Path, default=Path("warehouse"), help="folder of the warehouse (warehouse)")
    chosen = parser.parse_args(arguments)
    try:
        write_bundle(chosen.home, chosen.bundle)
    except (ServingError, duckdb.Error) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
