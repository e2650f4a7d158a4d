"""Errors a run can end with. A bad page is never one of them: it gets a fate (see `model.Fate`)."""


class ExtractError(Exception):
    """Root of what this package raises on purpose; the message says what to do."""


class SourcesError(ExtractError):
    """The sources file is missing, malformed, or names something that does not exist."""


class StoreError(ExtractError):
    """The page store holds bytes that do not match their name, or lacks a page it should hold."""


class ExtractorError(ExtractError):
    """There is no such extractor, or it cannot be shown or accepted as things stand."""


class WarehouseError(ExtractError):
    """The warehouse was made by another version, whose raw tables have other columns."""


class UnreadablePage(ExtractError):
    """A page that cannot be read; becomes the fate `quarantined` with this reason and detail."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
