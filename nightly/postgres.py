"""`python -m nightly.postgres`: bring the copy in PostgreSQL up to the current release."""

import sys

from nightly.settings import ConfigError, Settings


def main() -> int:
    """Copy, and say how much; returns the exit status."""
    from serving.errors import ServingError
    from serving.postgres import publish_copy
    from serving.releases import current_release

    try:
        settings = _with_database()
        release = current_release(settings.home)
        rows = publish_copy(release, settings.postgres)
        print(f"{release.name}: {sum(rows.values()):,} rows in {len(rows)} tables")
    except (ConfigError, ServingError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _with_database() -> Settings:
    settings = Settings.from_env()
    if not settings.postgres:
        raise ConfigError("DATELINE_POSTGRES is empty: give it a connection string, such as host=... dbname=...")
    return settings


if __name__ == "__main__":
    sys.exit(main())
