"""What a gate found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from expectations.catalogue import Expectation


@dataclass(frozen=True)
class Outcome:
    """An expectation and what was found, with some of the rows; `could_run` is false when its query failed."""

    expectation: Expectation
    is_met: bool
    observed: str
    examples: tuple[str, ...] = ()
    could_run: bool = True

    @property
    def stops(self) -> bool:
        """A check that could not run proves nothing, so it stops the run whatever its severity."""
        return not self.is_met and (self.expectation.severity == "stop" or not self.could_run)


@dataclass(frozen=True)
class Checked:
    """Outcomes of a gate, and the rows it worked out on its way that are kept (`catalogue.KEPT`)."""

    outcomes: tuple[Outcome, ...]
    kept: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class WorstBody:
    """A body in which detectors found most, with the places."""

    article_id: str
    outlet_id: str | None
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GateReport:
    """Outcomes of one gate for one night, and the page that shows them.

    Attributes:
        gate: arrived or built.
        night: Night that was checked.
        outcomes: One per expectation.
        page: The page for people.
        since: First night of the unbroken row of nights that did not meet an expectation, where there was one before.
        worst: The bodies with most findings, the worst first; gate built only.
    """

    gate: str
    night: date
    outcomes: tuple[Outcome, ...]
    page: Path
    since: Mapping[str, date] = field(default_factory=dict)
    worst: tuple[WorstBody, ...] = ()

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
            f"expected {outcome.expectation.expected}{self._since(outcome)}. Next: {outcome.expectation.next_step}"
            for outcome in [*self.stopped, *self.warned]
        ]
        return "\n".join([head, *lines, f"Page: {self.page}"])

    def _since(self, outcome: Outcome) -> str:
        first = self.since.get(outcome.expectation.name)
        return f" (so since the night {first})" if first else ""
