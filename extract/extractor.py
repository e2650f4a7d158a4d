"""Which extractor reads the pages: the installed code as it is, or with another engine mode, cleaner or names model.

`<home>/extractor.json` names the accepted one; without the file nights use the installed code's own. Accepted models
lie in `<home>/cleaners/<sha256>.npz`, so that a night still finds its model when the file it came from is gone.
"""

import hashlib
import json
import shlex
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extract import annotate, engine, names
from extract.errors import ExtractorError
from extract.line_model import DEFAULT_MODEL, load_model

INSTALLED_NAME = "installed"
_FILE = "extractor.json"
_NAME_CHARACTERS = 12  # 48 bits, as in the names of releases
_CODE = {".py", ".yml", ".txt", ".npz"}


@dataclass(frozen=True, slots=True)
class Extractor:
    """An engine mode, a cleaner model and a names backend; None stands for the installed code's own."""

    mode: str | None = None
    cleaner: Path | None = None
    names: str | None = None

    @property
    def cleaner_digest(self) -> str | None:
        """SHA-256 of the model file."""
        return _file_digest(self.cleaner) if self.cleaner else None

    @property
    def _cleaner_name(self) -> str | None:
        return f"cleaner-{self.cleaner_digest[:_NAME_CHARACTERS]}" if self.cleaner_digest else None

    @property
    def name(self) -> str:
        """Name for people and folders, such as `recall` or `recall-cleaner-0a1b2c3d4e5f`."""
        backend = f"names-{self.names}" if self.names else None
        return "-".join(part for part in (self.mode, self._cleaner_name, backend) if part) or INSTALLED_NAME

    @property
    def asked_as(self) -> str:
        """The way a person asks for it on the command line of make."""
        parts = [
            f"EXTRACTOR={self.mode or INSTALLED_NAME}" if self.mode or not (self.cleaner or self.names) else None,
            f"CLEANER={shlex.quote(str(self.cleaner))}" if self.cleaner else None,
            f"NAMES={self.names}" if self.names else None,
        ]
        return " ".join(part for part in parts if part)

    @property
    def version(self) -> str:
        """Version that a night is recorded with."""
        return annotate.version(
            self.mode or engine.DEFAULT_MODE, self.cleaner or DEFAULT_MODEL, self.names or names.DEFAULT_BACKEND
        )

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides how it reads: its settings, the engine's version and this package's files."""
        parts = [self.version, str(self.mode), str(self.cleaner_digest), _code_digest()]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def parsing(self) -> dict[str, Any]:
        """Return what `parse_page` is told beyond its page."""
        return {"mode": self.mode} if self.mode else {}

    def annotating(self) -> dict[str, Any]:
        """Return what `annotate_page` is told beyond its page."""
        return {"cleaner": self.cleaner} if self.cleaner else {}

    def naming(self) -> dict[str, Any]:
        """Return what `with_names` is told beyond its pages."""
        return {"backend": self.names} if self.names else {}


INSTALLED = Extractor()


@cache
def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _code_digest() -> str:
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in _CODE)
    return hashlib.sha256(
        "\0".join(f"{path.relative_to(folder)} {_file_digest(path)}" for path in files).encode()
    ).hexdigest()


def named_extractor(name: str | None, cleaner: Path | None, backend: str | None = None) -> Extractor:
    """Return the extractor that a person names: an engine mode or `installed`, a model file, and a names backend.

    Raises:
        ExtractorError: there is no such mode, file or backend; the message lists the choices.
    """
    if backend not in (None, *names.BACKENDS):
        raise ExtractorError(f"no names backend {backend!r}: NAMES is one of {', '.join(names.BACKENDS)}")
    if name not in (None, INSTALLED_NAME, *engine.MODES):
        choices = ", ".join((INSTALLED_NAME, *engine.MODES))
        raise ExtractorError(f"no extractor {name!r}: EXTRACTOR is one of {choices}; a model file goes to CLEANER")
    if cleaner is not None and not cleaner.is_file():
        raise ExtractorError(f"no model file at {cleaner}: CLEANER is the path of a trained cleaner (.npz)")
    if cleaner is not None:
        load_model(cleaner)  # complains now rather than once a page
    return Extractor(
        None if name == INSTALLED_NAME else name,
        cleaner.resolve() if cleaner else None,
        None if backend == names.DEFAULT_BACKEND else backend,
    )


def accepted_extractor(home: Path) -> Extractor:
    """Return the extractor that the next night of this warehouse uses.

    Raises:
        ExtractorError: the file that names it is damaged, or its model is gone.
    """
    return _read(home, home / _FILE)


def pinned_extractor(home: Path, folder: Path) -> Extractor:
    """Return the extractor that the night of this work folder began with.

    Raises:
        ExtractorError: the file that names it is damaged, or its model is gone.
    """
    return _read(home, folder / _FILE)


def pin_extractor(home: Path, folder: Path) -> None:
    """Let the night of this work folder use the accepted extractor to its end, whatever is accepted meanwhile."""
    accepted_extractor(home)  # complains now rather than in the middle of the night
    if (home / _FILE).exists():
        shutil.copyfile(home / _FILE, folder / _FILE)


def switch_to(home: Path, extractor: Extractor) -> None:
    """Make this the extractor of the nights to come."""
    if extractor == INSTALLED:
        (home / _FILE).unlink(missing_ok=True)
        return
    if extractor.cleaner and extractor.cleaner_digest:
        _replace(_cleaner_file(home, extractor.cleaner_digest), extractor.cleaner.read_bytes())
    written = {"mode": extractor.mode, "cleaner": extractor.cleaner_digest, "names": extractor.names}
    _replace(home / _FILE, (json.dumps(written, indent=2) + "\n").encode())


def _read(home: Path, file: Path) -> Extractor:
    if not file.exists():
        return INSTALLED
    try:
        written = json.loads(file.read_text("utf-8"))
        mode, digest, backend = written["mode"], written["cleaner"], written.get("names")
    except (ValueError, KeyError, TypeError) as cause:
        raise ExtractorError(f"{file} is damaged: delete it to use the installed extractor ({cause!r})") from cause
    cleaner = _cleaner_file(home, digest) if digest else None
    if cleaner is not None and (not cleaner.is_file() or _file_digest(cleaner) != digest):
        raise ExtractorError(f"{cleaner} is missing or damaged: put the model back, or accept another extractor")
    if mode is not None and mode not in engine.MODES:
        raise ExtractorError(f"{file} names the engine mode {mode!r}, which is none of {', '.join(engine.MODES)}")
    if backend not in (None, *names.BACKENDS):
        raise ExtractorError(
            f"{file} names the names backend {backend!r}, which is none of {', '.join(names.BACKENDS)}"
        )
    return Extractor(mode, cleaner, backend)


def _cleaner_file(home: Path, digest: str) -> Path:
    return home / "cleaners" / f"{digest}.npz"


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.partial")
    aside.write_bytes(content)
    aside.replace(path)
