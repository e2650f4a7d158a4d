"""Names in a text: the one door to the models that find them, and to the agreement of a document's names."""

from collections.abc import Sequence

from extract.model import Mention
from extract.names import encoder, spacy
from extract.names.agreement import CAPTION, ZoneText, agreed
from extract.names.keys import name_key

BACKENDS = ("own", "spacy")
DEFAULT_BACKEND = "own"

__all__ = ["BACKENDS", "CAPTION", "DEFAULT_BACKEND", "ZoneText", "find_mentions", "name_key", "version"]

_FINDERS = {"own": encoder.find_names, "spacy": spacy.find_names}


def version(backend: str = "") -> str:
    """Return the name of the model behind a backend; it changes with every byte of the project's own."""
    return spacy.VERSION if (backend or DEFAULT_BACKEND) == "spacy" else encoder.version()


def find_mentions(texts: Sequence[Sequence[ZoneText]], backend: str = "") -> list[list[Mention]]:
    """Find the names of many documents at once.

    Args:
        texts: per document, its zones, captions last.
        backend: one of BACKENDS; the default one when empty.

    Returns:
        Per document its mentions in order, types agreed over the document, short forms led to full names.

    Raises:
        KeyError: there is no such backend.
    """
    found = iter(_FINDERS[backend or DEFAULT_BACKEND]([zone.text for zones in texts for zone in zones]))
    return [agreed(zones, [next(found) for _ in zones]) for zones in texts]
