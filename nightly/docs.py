"""`python -m nightly.docs`: dbt's documentation of the current release, as one page."""

import sys
from pathlib import Path

from nightly.settings import ConfigError, Settings
from nightly.transform import TransformFailed, document


def main() -> int:
    """Write the page and say where; returns the exit status."""
    try:
        settings = Settings.from_env()
        print(document(_release(settings), settings.home / "docs"))
    except (ConfigError, TransformFailed) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _release(settings: Settings) -> Path:
    release = settings.home / "current" / "dateline.duckdb"
    if not release.is_file():
        raise ConfigError(f"there is no release in {settings.home} yet: run `make nightly` first")
    return release


if __name__ == "__main__":
    sys.exit(main())
