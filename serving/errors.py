"""Everything that can go wrong between a build and its readers, under one root."""


class ServingError(Exception):
    """Root of the errors this package raises."""


class BuildNotReady(ServingError):
    """The build file is missing, holds no night, or was left in the middle of a write."""


class BaseMoved(ServingError):
    """`current` is no longer the release that the build started from."""


class ReleaseTouched(ServingError):
    """Somebody wrote beside a release, and readers would see what he wrote."""


class NoRelease(ServingError):
    """Nothing was published yet."""


class FolderTaken(ServingError):
    """What was to be written into a new folder would have met what is there."""


class UnknownId(ServingError):
    """No such id was ever given, or what it named was withdrawn."""


class NoPageStore(ServingError):
    """The folder with the stored pages is not where it was looked for."""


class CopyRefused(ServingError):
    """PostgreSQL did not take the copy, or a column has no type there."""
