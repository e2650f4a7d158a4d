"""Reading the bytes that a row of the warehouse came from: `<home>/pages/ab/cd/<sha256>.gz`."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def page_file(pages: Path, digest: str) -> Path:
    """Where the page with this SHA-256 lies in a page store."""
    return pages / digest[:2] / digest[2:4] / f"{digest}.gz"


def fault_of_page(pages: Path, digest: str, size: int) -> str | None:
    """What is wrong with the stored bytes of a page; None when they are what the warehouse says.

    Args:
        pages: folder of the page store.
        digest: SHA-256 that the warehouse gives, in hexadecimal.
        size: bytes that the warehouse gives.
    """
    file = page_file(pages, digest)
    try:
        content = gzip.decompress(file.read_bytes())
    except FileNotFoundError:
        return f"{file} is gone: the store was pruned, or part of it lies elsewhere"
    except (OSError, EOFError, zlib.error) as cause:
        return f"{file} cannot be read: {cause}"
    if hashlib.sha256(content).hexdigest() != digest:
        return f"{file} does not hold what its name says"
    return None if len(content) == size else f"{file} holds {len(content)} bytes, the warehouse says {size}"
