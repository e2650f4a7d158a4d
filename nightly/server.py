"""`python -m nightly.server`: Airflow's scheduler and user interface on the loopback address, until Ctrl-C."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from nightly.metadata import HomeIsBusy, MetadataError, only_one, prepare
from nightly.settings import LOGIN, ConfigError, Settings
from nightly.transform import TransformFailed, parse

SECONDS_TO_START = 180  # 40 to 50 s were measured on two cores
SECONDS_TO_STOP = 20
PARTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")


def main() -> int:
    """Serve until stopped; returns the exit status: 0 stopped by a person, 1 it fell over, 2 asked for wrongly."""
    try:
        settings = Settings.from_env(dbt_mode="watcher")
        with only_one(settings) as held:
            return serve(settings, held)
    except (ConfigError, HomeIsBusy, MetadataError, TransformFailed) as error:
        print(error, file=sys.stderr)
        return 2


def serve(settings: Settings, held: int, say: Callable[[str], None] = lambda line: print(line, flush=True)) -> int:
    """Start everything, say how to log in once it answers, and wait for the end.

    Airflow takes over `held`, the descriptor of the warehouse's lock, in case this process is killed.
    """
    say("preparing ...")
    prepare(settings)
    parse(settings.manifest_file, quiet=True)
    password = _password(settings)
    log_file = settings.logs / "server.log"
    # Before the start: a shell that ignores SIGINT in the background would have Airflow ignore it too.
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.default_int_handler)
    with log_file.open("ab") as log:
        airflow = subprocess.Popen(
            [sys.executable, "-m", "airflow", "standalone"],
            env=settings.child_environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(held,),
        )
    try:
        say(f"starting Airflow, which takes about 45 s (log: {log_file}) ...")
        if _answers(settings, airflow):
            say(f"open http://127.0.0.1:{settings.port} and log in as {LOGIN} with the password {password}")
            say(f"(kept in {settings.password_file}). Trigger news_nightly with the night you want. Ctrl-C stops.")
            airflow.wait()
        say(f"Airflow ended or did not start: see {log_file}")
    except KeyboardInterrupt:
        say("stopping ...")
        return 0
    finally:
        _stop(airflow)
    return 1


def _stop(airflow: subprocess.Popen[bytes]) -> None:
    """End Airflow: ask its parent process, which stops and awaits the others on SIGINT only; then end what is left."""
    airflow.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        airflow.wait(SECONDS_TO_STOP)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(airflow.pid, signal.SIGKILL)
    airflow.wait()


def _answers(settings: Settings, airflow: subprocess.Popen[bytes]) -> bool:
    """Wait until every part of Airflow is healthy; false when it ended or took too long."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and airflow.poll() is None:
        if is_healthy(settings.port):
            return True
        time.sleep(1)
    return False


def is_healthy(port: int) -> bool:
    """Ask a running Airflow whether all of its parts are well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/monitor/health", timeout=5) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return all((health.get(part) or {}).get("status") == "healthy" for part in PARTS)


def _password(settings: Settings) -> str:
    """Return the password of the one login; makes it the first time, readable for this user only."""
    file = settings.password_file
    if not file.is_file():
        file.touch(mode=0o600)
        file.write_text(json.dumps({LOGIN: secrets.token_urlsafe(12)}), "utf-8")
    password: str = json.loads(file.read_text("utf-8"))[LOGIN]
    return password


if __name__ == "__main__":
    sys.exit(main())
