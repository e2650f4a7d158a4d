"""The page store: every distinct content once, under the digest of its bytes.

`<home>/pages/ab/cd/<sha256>.gz`; anyone can check a page with `zcat FILE | sha256sum`.
"""

import gzip
import hashlib
import os
import zlib
from pathlib import Path

from extract.errors import StoreError


def page_path(home: Path, digest: str) -> Path:
    """Return where the content with this SHA-256 lies."""
    return home / "pages" / digest[:2] / digest[2:4] / f"{digest}.gz"


def keep(home: Path, content: bytes) -> str:
    """Store the bytes unless they are there, and return their SHA-256 in hexadecimal."""
    digest = hashlib.sha256(content).hexdigest()
    path = page_path(home, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{digest}.{os.getpid()}")
        # No time stamp and a fixed level: the same page is the same file on every machine.
        aside.write_bytes(gzip.compress(content, compresslevel=6, mtime=0))
        aside.replace(path)
    return digest


def fetch(home: Path, digest: str) -> bytes:
    """Return the bytes with this digest.

    Raises:
        StoreError: they are missing or damaged.
    """
    path = page_path(home, digest)
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as cause:
        raise StoreError(f"page {digest} cannot be read from {path}: rerun the night that collected it") from cause
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreError(f"{path} does not hold what its name says: delete it and rerun the night that collected it")
    return content
