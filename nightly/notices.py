"""Who is told of a failed run, by Airflow's notifiers: the log always, a webhook and mailboxes where settings say."""

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from airflow.sdk import BaseNotifier

from nightly.nights import NightRun, night_run
from nightly.settings import ConfigError, Settings

SECONDS_TO_ANSWER = 10  # chats answer within one; the run is over anyway, and nobody waits
LISTED = 10
PUBLISHED_BEFORE = "publish_postgres"  # the one task that comes after publishing


@dataclass(frozen=True)
class Notice:
    """What there is to say of a failed run: a line, and the rest."""

    headline: str
    text: str
    run_id: str
    night: str | None
    task: str | None
    page: str | None


def notice(context: Mapping[str, Any]) -> Notice:
    """Say what failed, what it means for readers, and what to do, from the context of a failure callback."""
    run = _run(context)
    instance = context.get("ti")
    task = instance.task_id if instance is not None else None
    night = run.night.isoformat() if run else None
    is_published = task == PUBLISHED_BEFORE
    what = "was published, but not copied to PostgreSQL" if is_published else "was not published"
    headline = f"news_nightly: the night {night or 'of run ' + str(context['run_id'])} {what}"
    lines = [f"{headline} ({task or context.get('reason') or 'the run failed'})."]
    page = None
    if is_published:
        lines += ["Readers of the copy still see the release before: mend the cause, then `make publish-postgres`."]
        return Notice(headline, "\n".join(lines), str(context["run_id"]), night, task, page)
    lines += ["Readers still see the last release."]
    if run and task and task.startswith("gate_"):
        gate = task.removeprefix("gate_")
        page = str(run.gate_folder(gate) / "index.html")
        lines += [*_unmet(run, gate), f"What failed, where, since when, and what to do: {page}"]
    else:
        lines += ["See the log of the failed task, mend the cause, and run the night again: docs/operations.md."]
    return Notice(headline, "\n".join(lines), str(context["run_id"]), night, task, page)


def notifiers(settings: Settings) -> list[BaseNotifier]:
    """The notifiers that settings ask for."""
    found: list[BaseNotifier] = [LogNotifier()]
    if settings.notify_url:
        found.append(WebhookNotifier(settings.notify_url))
    if settings.notify_mail:
        found.append(mail_notifier(settings.notify_mail, settings.mail_from))
    return found


class _Untemplated(BaseNotifier):
    """A notifier without templates: what failed may hold braces, and a DAG run in one process cannot render any."""

    def render_template_fields(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Render nothing."""


class LogNotifier(_Untemplated):
    """Writes the notice into the log."""

    def notify(self, context: Mapping[str, Any]) -> None:
        """Log one error."""
        self.log.error("%s", notice(context).text)


class WebhookNotifier(_Untemplated):
    """Posts the notice as JSON; `text` is what Slack, Mattermost and their like show."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__()

    def notify(self, context: Mapping[str, Any]) -> None:
        """Post once; Airflow logs what goes wrong, and the other notifiers still speak.

        Raises:
            OSError: the address cannot be reached, or answers with an error.
        """
        told = notice(context)
        content = {"text": told.text, "run_id": told.run_id, "night": told.night, "task": told.task, "page": told.page}
        request = urllib.request.Request(  # noqa: S310 settings admit http and https only
            self.url, json.dumps(content).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=SECONDS_TO_ANSWER):  # noqa: S310 as above
            pass


def mail_notifier(to: str, sender: str) -> BaseNotifier:
    """Return Airflow's own notifier for mail; its connection `smtp_default` knows the server."""
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier  # half a second, for those who want it

    class MailNotifier(_Untemplated, SmtpNotifier):
        """Mails the notice."""

        def notify(self, context: Mapping[str, Any]) -> None:
            """Mail once, as plain words in HTML."""
            told = notice(context)
            self.subject, self.html_content = told.headline, f"<pre>{escape(told.text)}</pre>"
            super().notify(context)  # type: ignore[arg-type]

    addresses = [address.strip() for address in to.split(",") if address.strip()]
    # Subject and content are set when there is something to tell.
    return MailNotifier(to=addresses, from_email=sender, subject="", html_content="")


def _run(context: Mapping[str, Any]) -> NightRun | None:
    """The night of the run; None where the callback knows too little of it."""
    try:
        return night_run(context)
    except (KeyError, ConfigError):
        return None


def _unmet(run: NightRun, gate: str) -> list[str]:
    """A line for each expectation that stopped the run, as the gate remembered it."""
    file = run.gate_history / f"{run.night}.{gate}.json"
    if not file.is_file():
        return []
    kept = json.loads(file.read_text("utf-8"))
    latest = max((row.get("run_no", 1) for row in kept), default=1)
    rows = [row for row in kept if row.get("run_no", 1) == latest and not row["is_met"]]
    stopped = [row for row in rows if row["severity"] == "stop"] or rows
    lines = [f"- {row['expectation']}: found {row['observed']}. Next: {row['next_step']}" for row in stopped]
    return lines[:LISTED] + ([f"- and {len(lines) - LISTED} more"] if len(lines) > LISTED else [])
