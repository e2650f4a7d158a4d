"""The build as a task per dbt model, by Cosmos: one producer runs `dbt build`, the other tasks watch it."""

from pathlib import Path
from typing import Any

from nightly.settings import DBT_PROJECT, WRITER_POOL, ConfigError, Settings

SECONDS_BETWEEN_LOOKS = 5  # a model of the sample takes about one second


def build_group(settings: Settings) -> Any:
    """Return the task group `build`, drawn from the dbt manifest.

    Only the producer is told where the build file is, and only it waits for the writer's slot. The watching tasks fall
    back to running dbt themselves when the producer is gone; without the path they cannot, so nothing writes beside it.

    Raises:
        ConfigError: there is no manifest yet.
    """
    # Cosmos takes 0.6 s to import, and only this shape of the DAG needs it.
    from cosmos import DbtTaskGroup, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
    from cosmos.constants import ExecutionMode, InvocationMode, LoadMode

    manifest = settings.manifest_file
    if not manifest.is_file():
        raise ConfigError(f"there is no dbt manifest at {manifest}: `make up` writes it, or set DATELINE_DBT=single")
    return DbtTaskGroup(
        group_id="build",
        project_config=ProjectConfig(
            dbt_project_path=DBT_PROJECT, manifest_path=manifest, project_name="dateline", install_dbt_deps=False
        ),
        profile_config=ProfileConfig(
            profile_name="dateline", target_name="build", profiles_yml_filepath=DBT_PROJECT / "profiles.yml"
        ),
        render_config=RenderConfig(load_method=LoadMode.DBT_MANIFEST, emit_datasets=False),
        execution_config=ExecutionConfig(
            execution_mode=ExecutionMode.WATCHER,
            invocation_mode=InvocationMode.SUBPROCESS,
            setup_operator_args={"pool": WRITER_POOL, "env": producer_environment(settings)},
        ),
        operator_args={"append_env": True, "retries": 0, "poke_interval": SECONDS_BETWEEN_LOOKS},
    )


def producer_environment(settings: Settings) -> dict[str, str]:
    """Return what dbt finds in its environment; the build file is the one that `load` made for this run."""
    return {
        "DATELINE_BUILD_FILE": "{{ ti.xcom_pull(task_ids='load') }}",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
        "PYTHONPATH": str(Path(DBT_PROJECT).parent),
        "DATELINE_HOME": str(settings.home),
    }
