"""What a person sees while a night runs: a line when a task starts, a line when it ends."""

import time
import traceback
from collections.abc import Callable
from typing import Any

from airflow.listeners import hookimpl

SHOWN_FRAMES = 8  # the innermost ones say where; the outer ones are Airflow calling the task


class Progress:
    """An Airflow listener that writes a line per task start and end, and keeps the first failure."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.night = ""
        self.failed_task: str | None = None
        self.failure: str | BaseException | None = None
        self._started: dict[str, float] = {}

    def begin(self, night: str) -> None:
        """Start over for another night."""
        self.night = night
        self.failed_task = self.failure = None
        self._started = {}

    @hookimpl
    def on_task_instance_running(self, task_instance: Any) -> None:
        """Say that a task started."""
        name = task_name(task_instance)
        self._started[name] = time.monotonic()
        self.say(f"{self.night}  {name} ...")

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:
        """Say that a task is done, and how long it took."""
        self._end(task_name(task_instance), "done")

    @hookimpl
    def on_task_instance_failed(self, task_instance: Any, error: str | BaseException | None) -> None:
        """Say that a task failed, and keep why."""
        name = task_name(task_instance)
        self._end(name, "FAILED")
        if self.failed_task is None:
            self.failed_task, self.failure = name, error

    def _end(self, name: str, outcome: str) -> None:
        seconds = time.monotonic() - self._started.get(name, time.monotonic())
        self.say(f"{self.night}  {name} {outcome} {seconds:.1f} s")


def task_name(task_instance: Any) -> str:
    """Return the task's id, with its place among its kind when it is mapped: `parse[0]`."""
    index = task_instance.map_index
    return str(task_instance.task_id) if index is None or index < 0 else f"{task_instance.task_id}[{index}]"


def explain(failure: str | BaseException | None) -> str:
    """Return the message of a failure, after the innermost places it went through."""
    if not isinstance(failure, BaseException):
        return str(failure or "no reason was given: see the log")
    frames = [
        (frame, line)
        for frame, line in traceback.walk_tb(failure.__traceback__)
        if "/airflow/" not in frame.f_code.co_filename
    ]
    places = [
        f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'
        for frame, line in frames[-SHOWN_FRAMES:]
    ]
    return "\n".join([*places, *traceback.format_exception_only(failure)]).rstrip()
