"""What a gate found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from expectations.catalogue import Expectation


@dataclass(frozen=True)
class Outcome:
    """An expectation and what was found; `could_run` is false when its query failed."""

    expectation: Expectation
    is_met: bool
    observed: str
    could_run: bool = True

    @property
    def stops(self) -> bool:
        """A check that could not run proves nothing, so it stops the run whatever its severity."""
        return not self.is_met and (self.expectation.severity == "stop" or not self.could_run)


@dataclass(frozen=True)
class GateReport:
    """Outcomes of one gate for one night, and the page that shows them."""

    gate: str
    night: date
    outcomes: tuple[Outcome, ...]
    page: Path

    @property
    def stopped(self) -> list[Outcome]:
        """Expectations that are not met and stop the run."""
        return [outcome for outcome in self.outcomes if outcome.stops]

    @property
    def warned(self) -> list[Outcome]:
        """Expectations that are not met and are only reported."""
        return [outcome for outcome in self.outcomes if not outcome.is_met and not outcome.stops]

    @property
    def met(self) -> list[Outcome]:
        """Expectations that are met."""
        return [outcome for outcome in self.outcomes if outcome.is_met]

    def describe(self) -> str:
        """Words for a log: one line when all is well, otherwise what failed and what to do."""
        head = (
            f"gate {self.gate} for the night {self.night}: {len(self.met)} of {len(self.outcomes)} expectations met, "
            f"{len(self.warned)} warned, {len(self.stopped)} stopped the run"
        )
        lines = [
            f"- {'STOP' if outcome.stops else 'warn'} {outcome.expectation.name}: found {outcome.observed}; "
            f"expected {outcome.expectation.expected}. Next: {outcome.expectation.next_step}"
            for outcome in [*self.stopped, *self.warned]
        ]
        return "\n".join([head, *lines, f"Page: {self.page}"])
