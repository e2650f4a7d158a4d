"""The night: pages in, a checked warehouse out. This file only wires; the work is in the packages beside it.

Imports of the work stand in the task bodies: this file is read again all day long, and must be read in no time.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronDataIntervalTimetable, Param, dag, task

from nightly.notices import notifiers
from nightly.settings import WRITER_POOL, Settings

WAREHOUSE = Asset("dateline_warehouse")
SETTINGS = Settings.from_env()


@dag(
    dag_id="news_nightly",
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=datetime(2000, 1, 1, tzinfo=UTC),  # archives reach far back; nothing is caught up by itself
    catchup=False,
    max_active_runs=1,  # a night is built on the release of the night before
    default_args={"owner": "newsroom", "retries": 0},
    on_failure_callback=notifiers(SETTINGS),
    tags=["news", "warehouse"],
    params={
        "night": Param(None, type=["null", "string"], format="date", description="Night to run; else the interval's."),
        "sources": Param(None, type=["null", "string"], description="Sources file; else the one of the settings."),
    },
    doc_md="""
    ### One night of the news warehouse

    Collects the pages of one day (UTC), cleans them, builds articles, copies, entities and stories, and publishes a
    new release, if both gates pass. A night can be run again: it is replaced, never added twice. A failed night
    leaves readers the release they had.

    `load` to `publish` hold the one slot of the pool `duckdb_writer`: DuckDB admits one writing process.
    """,
)
def news_nightly() -> None:
    """Wire the tasks of a night."""

    @task(retries=2, retry_delay=timedelta(minutes=2))  # a share that is away for a moment comes back
    def collect(**context: Any) -> list[str]:
        """Keep the night's pages and share them out; returns the names of the shards."""
        from extract.night import collect
        from nightly.nights import night_run

        run = night_run(context)
        return collect(run.sources, run.night, run.home)

    # One more try for a worker that died; the same page fails the same way twice, and costs only itself.
    @task(retries=1, map_index_template="{{ task.op_kwargs['shard'] }}", max_active_tis_per_dagrun=SETTINGS.workers)
    def parse(shard: str, **context: Any) -> str:
        """Read a shard's pages into blocks."""
        from extract.night import parse_shard
        from nightly.nights import night_run

        run = night_run(context)
        return parse_shard(run.home, run.night, shard)

    @task(retries=1)
    def learn(**context: Any) -> str:
        """Learn which blocks repeat across an outlet's pages."""
        from extract.night import learn_templates
        from nightly.nights import night_run

        run = night_run(context)
        return learn_templates(run.home, run.night)

    @task(retries=1, map_index_template="{{ task.op_kwargs['shard'] }}", max_active_tis_per_dagrun=SETTINGS.workers)
    def annotate(shard: str, **context: Any) -> str:
        """Tell body from boilerplate in a shard, and read dates, names and quotes."""
        from extract.night import annotate_shard
        from nightly.nights import night_run

        run = night_run(context)
        return annotate_shard(run.home, run.night, shard)

    @task(pool=WRITER_POOL, retries=1)
    def load(**context: Any) -> str:
        """Put the night into a fresh copy of the warehouse; returns the path of that build file."""
        from extract.night import load
        from nightly.nights import night_run

        run = night_run(context)
        return load(run.home, run.night)

    @task(pool=WRITER_POOL)  # no retry: the same rows would fail again
    def gate_arrived(**context: Any) -> None:
        """Stop a night whose input is not what it should be."""
        from expectations.gates import run_gate
        from nightly.nights import night_run

        run = night_run(context)
        run_gate(run.build_file, "arrived", run.night, run.gate_folder("arrived"), run.gate_history)

    @task(pool=WRITER_POOL)  # no retry: dbt fails on data or code, and both stay as they are
    def build(**context: Any) -> None:
        """Build and test every model."""
        from nightly.nights import night_run
        from nightly.transform import build

        build(night_run(context).build_file)

    @task(pool=WRITER_POOL)  # no retry: the same rows would fail again
    def gate_built(**context: Any) -> None:
        """Stop a warehouse that does not hold together."""
        from expectations.gates import run_gate
        from nightly.nights import night_run

        run = night_run(context)
        run_gate(run.build_file, "built", run.night, run.gate_folder("built"), run.gate_history)

    @task(pool=WRITER_POOL)  # no retry: the same rows make the same page
    def report(**context: Any) -> str:
        """Write the page that shows the night without a server; returns its path."""
        from nightly.nights import night_run
        from serving.report import write_report

        run = night_run(context)
        return str(write_report(run.build_file, run.report_file))

    @task(pool=WRITER_POOL, retries=2, retry_delay=timedelta(minutes=2), outlets=[WAREHOUSE])  # a full or absent disk
    def publish(**context: Any) -> str:
        """Make the build the release that readers see, and tell whoever waits for it."""
        from nightly.nights import night_run
        from serving.releases import publish

        run = night_run(context)
        release = publish(run.build_file, run.home, run.settings.keep_releases, run.settings.parquet)
        context["outlet_events"][WAREHOUSE].extra = {
            "release": release.name,
            "night": run.night.isoformat(),
            "counts": release.rows,
        }
        return release.name

    @task(retries=2, retry_delay=timedelta(minutes=2))  # a server that is away for a moment comes back
    def publish_postgres() -> int:
        """Bring the copy in PostgreSQL up to the release; returns how many rows it has."""
        from serving.postgres import publish_copy
        from serving.releases import current_release

        settings = Settings.from_env()
        return sum(publish_copy(current_release(settings.home), settings.postgres).values())

    def build_models() -> Any:
        if SETTINGS.dbt_mode == "single":
            return build()
        from nightly.watcher import build_group

        return build_group(SETTINGS)

    shards = collect()
    parsed, annotated = parse.expand(shard=shards), annotate.expand(shard=shards)
    published = publish()
    loaded = parsed >> learn() >> annotated >> load()
    loaded >> gate_arrived() >> build_models() >> gate_built() >> report() >> published
    if SETTINGS.postgres:
        published >> publish_postgres()


news_nightly()
