"""A night by the functions that the DAG calls, without marts and gates."""

from datetime import date
from pathlib import Path

from extract import night as steps


def load_night(sources: Path, night: date, home: Path) -> Path:
    """Collect to load; return the build file."""
    shards = steps.collect(sources, night, home)
    for shard in shards:
        steps.parse_shard(home, night, shard)
    steps.learn_templates(home, night)
    for shard in shards:
        steps.annotate_shard(home, night, shard)
    return Path(steps.load(home, night))
