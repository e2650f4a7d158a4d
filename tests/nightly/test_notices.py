"""Who is told of a failed run, told through Airflow's own notifiers to servers on this machine."""

import json
import os
import socketserver
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nightly.settings import PROJECT, ConfigError, Settings
from tests.nightly.servers import listening, serving

if TYPE_CHECKING:
    from email.message import Message

# A callback of the DAG gets what Airflow knows of the run and of the task that made it fail.
TELL = """
import sys
from datetime import UTC, datetime
from types import SimpleNamespace
from nightly.notices import notifiers
from nightly.settings import Settings

context = {
    "run_id": "manual__1",
    "reason": "task_failure",
    "params": {"night": "2026-01-09"},
    "ti": SimpleNamespace(task_id=sys.argv[1]),
}
if sys.argv[1] == "nothing known":
    context = {"run_id": "manual__1", "reason": "timed_out"}
for notifier in notifiers(Settings.from_env()):
    notifier(context)
"""
MENDED = {
    "expectation": "mended_since",
    "severity": "stop",
    "is_met": False,
    "observed": "9 rows",
    "next_step": "None.",
}
FOUND = [
    {"expectation": "a_warning", "severity": "warn", "is_met": False, "observed": "2 rows", "next_step": "Wait."},
    {
        "expectation": "pages_add_up",
        "severity": "stop",
        "is_met": False,
        "observed": "{{1}} row",
        "next_step": "Count.",
    },
    {"expectation": "all_is_well", "severity": "stop", "is_met": True, "observed": "0 rows", "next_step": "None."},
]
RUNS = [MENDED | {"run_no": 1}, *(row | {"run_no": 2} for row in FOUND)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A warehouse in which gate 1 refused a night."""
    (tmp_path / "quality").mkdir()
    (tmp_path / "quality" / "2026-01-09.arrived.json").write_text(json.dumps(RUNS), "utf-8")
    return tmp_path


def tell(home: Path, task: str, **environment: str) -> str:
    """Tell of a failed task in a process of its own, as Airflow's DAG processor does; return its log."""
    finished = subprocess.run(
        [sys.executable, "-c", TELL, task],
        cwd=PROJECT,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "AIRFLOW"))},
            "AIRFLOW_HOME": str(home / "airflow"),
            "DATELINE_HOME": str(home),
            "PYTHONPATH": str(PROJECT),
            "NO_PROXY": "127.0.0.1",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    return finished.stdout + finished.stderr


def test_without_settings_the_log_alone_is_told(home: Path) -> None:
    said = tell(home, "gate_arrived")
    assert "news_nightly: the night 2026-01-09 was not published (gate_arrived)." in said
    assert "Readers still see the last release." in said
    assert "- pages_add_up: found {{1}} row. Next: Count." in said
    assert "a_warning" not in said
    assert "mended_since" not in said
    assert "all_is_well" not in said
    assert str(home / "work" / "2026-01-09" / "gates" / "arrived" / "index.html") in said


def test_a_task_that_is_no_gate_leads_to_its_log_and_no_old_page(home: Path) -> None:
    said = tell(home, "publish")
    assert "the night 2026-01-09 was not published (publish)" in said
    assert "See the log of the failed task" in said
    assert "pages_add_up" not in said
    assert "index.html" not in said


def test_a_copy_that_failed_is_not_told_of_as_a_night_that_was_not_published(home: Path) -> None:
    said = tell(home, "publish_postgres")
    assert "the night 2026-01-09 was published, but not copied to PostgreSQL (publish_postgres)" in said
    assert "mend the cause, then `make publish-postgres`" in said
    assert "not published" not in said
    assert "last release" not in said


def test_a_run_of_which_nothing_is_known_is_told_of_all_the_same(home: Path) -> None:
    assert "the night of run manual__1 was not published (timed_out)" in tell(home, "nothing known")


def test_a_webhook_gets_words_for_people_and_fields_for_programs(home: Path) -> None:
    with listening() as (address, posted):
        tell(home, "gate_arrived", DATELINE_NOTIFY_URL=address)
    content = posted.get_nowait()
    assert posted.empty()
    assert content["text"].startswith("news_nightly: the night 2026-01-09 was not published (gate_arrived).")
    assert "pages_add_up" in content["text"]
    page = str(home / "work" / "2026-01-09" / "gates" / "arrived" / "index.html")
    told = {"run_id": "manual__1", "night": "2026-01-09", "task": "gate_arrived", "page": page}
    assert {name: value for name, value in content.items() if name != "text"} == told


class Mailbox(socketserver.ThreadingTCPServer):
    """As much of SMTP (RFC 5321) as takes one mail after another."""

    daemon_threads = True

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Message]] = []
        super().__init__(("127.0.0.1", 0), _Session)


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        to: list[str] = []
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"RCPT":
                to.append(line.decode().split("<")[1].split(">")[0])
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append((to, message_from_bytes(b"".join(lines))))
                to = []
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return


def test_mail_goes_to_every_address_by_the_server_of_airflows_connection(home: Path) -> None:
    mailbox = Mailbox()
    with serving(mailbox) as port:
        tell(
            home,
            "gate_arrived",
            DATELINE_NOTIFY_MAIL="desk@example.org, night@example.org",
            DATELINE_MAIL_FROM="dateline@example.org",
            AIRFLOW_CONN_SMTP_DEFAULT=f"smtp://127.0.0.1:{port}/?disable_ssl=true&disable_tls=true",
        )
    ((to, mail),) = mailbox.mails
    assert to == ["desk@example.org", "night@example.org"]
    assert mail["From"] == "dateline@example.org"
    assert mail["Subject"] == "news_nightly: the night 2026-01-09 was not published"
    body = (
        next(part for part in mail.walk() if part.get_content_type() == "text/html").get_payload(decode=True).decode()
    )
    assert "- pages_add_up: found {{1}} row. Next: Count." in body


def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY_URL", "file:///etc/passwd")
    with pytest.raises(ConfigError, match="http://") as refused:
        Settings.from_env()
    assert "passwd" not in str(refused.value)


def test_a_webhook_is_a_secret_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY_URL", "https://chat.example/hooks/hunter2")
    assert "hunter2" not in repr(Settings.from_env())
