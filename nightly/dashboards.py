"""`python -m nightly.dashboards PROGRAMS`: Superset with our dashboards, on the loopback address.

PROGRAMS is the folder of Superset's own environment that holds `superset` and `gunicorn`; `make superset` makes it.
"""

import secrets
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nightly.settings import LOGIN, PROJECT, ConfigError, Settings

PORT = 8088  # what Superset's own guides use
CONFIG = "superset_config.py"
IMPORTER = PROJECT / "serving" / "superset" / "import_bundle.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up, import, serve until interrupted; returns the exit status."""
    from serving.errors import ServingError
    from serving.superset.bundle import write_bundle

    (programs,) = [Path(argument) for argument in (sys.argv[1:] if arguments is None else arguments)]
    try:
        settings = Settings.from_env()
        settings.superset_home.mkdir(parents=True, exist_ok=True)
        bundle = write_bundle(settings.home, settings.superset_home / "dateline.zip")
    except (ConfigError, ServingError) as error:
        print(error, file=sys.stderr)
        return 2
    try:
        serve(settings, programs, bundle)
    except subprocess.CalledProcessError as error:
        # The command itself may hold the password.
        print(
            f"{Path(error.cmd[0]).name} ended with status {error.returncode}; its own words are above. If the port "
            f"{PORT} is taken, stop what listens there; otherwise remove {settings.superset_home}, which starts the "
            "set-up anew. Then run `make superset` again.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def serve(settings: Settings, programs: Path, bundle: Path) -> None:
    """Set up what is not there yet, import the dashboards, and serve them.

    Raises:
        subprocess.CalledProcessError: a program of Superset failed.
    """
    password = prepare(settings, programs)
    _run(settings, programs / "python", str(IMPORTER), str(bundle), LOGIN)
    print(f"http://127.0.0.1:{PORT}  user {LOGIN}, password {password}", flush=True)
    address = ["--bind", f"127.0.0.1:{PORT}", "--workers", "1", "--threads", "8", "--timeout", "120"]
    _run(settings, programs / "gunicorn", *address, "superset.app:create_app()")


def prepare(settings: Settings, programs: Path) -> str:
    """Make Superset's metadata and its one login, once; returns the password."""
    home = settings.superset_home
    config, password_file, done = home / CONFIG, home / "password.txt", home / "ready"
    if not config.is_file():
        config.touch(mode=0o600)
        config.write_text(
            f"SECRET_KEY = {secrets.token_urlsafe(48)!r}\n"
            f"SQLALCHEMY_DATABASE_URI = {f'sqlite:///{home}/superset.db'!r}\n"
            "TALISMAN_ENABLED = False  # its rules are for https; we serve the loopback address only\n",
            encoding="utf-8",
        )
    if not password_file.is_file():
        password_file.touch(mode=0o600)
        password_file.write_text(secrets.token_urlsafe(12) + "\n", encoding="utf-8")
    password = password_file.read_text(encoding="utf-8").strip()
    if not done.is_file():
        # An interrupted set-up is repeated with the same password: create-admin leaves a user who exists as he is.
        program = programs / "superset"
        _run(settings, program, "db", "upgrade")
        who = ["--firstname", "Date", "--lastname", "Line", "--email", "newsroom@dateline.example"]
        _run(settings, program, "fab", "create-admin", "--username", LOGIN, "--password", password, *who)
        _run(settings, program, "init")
        done.touch()
    return password


def _run(settings: Settings, program: Path, *arguments: str) -> None:
    subprocess.run([str(program), *arguments], env=settings.superset_environment(), check=True)  # noqa: S603 - ours


if __name__ == "__main__":
    sys.exit(main())
