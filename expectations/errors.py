"""Everything that can go wrong at a gate, under one root."""


class ExpectationsError(Exception):
    """Root of the errors this package raises."""


class GateFailed(ExpectationsError):
    """An expectation that stops the run is not met; the message says which, and what to do next."""


class UnknownGate(ExpectationsError):
    """There is no gate of that name."""


class BuildFileMissing(ExpectationsError):
    """The DuckDB file to check is not there."""


class CatalogueError(ExpectationsError):
    """A suite, a bound or a query file contradicts the others."""
