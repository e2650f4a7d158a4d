"""fetch_uv.py VERSION FOLDER: put uv into FOLDER by Python's own library, where neither venv nor pip is there.

The wheel is taken from the index pip is set up for and must have the digest pinned here, so it does not matter that a
bare machine has no certificates to check the server by.
"""

import configparser
import hashlib
import io
import os
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
WHEELS = {
    ("Linux", "x86_64"): "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ("Linux", "aarch64"): "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ("Darwin", "x86_64"): "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ("Darwin", "arm64"): "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
}
PIP_FILES = ["/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf"]  # the later one wins, as for pip


def package_index() -> str:
    """Return the address of the package index that pip would ask."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read([Path(file).expanduser() for file in PIP_FILES], encoding="utf-8")
    configured = parser.get("global", "index-url", fallback="https://pypi.org/simple")
    return os.environ.get("PIP_INDEX_URL") or configured


def read(address: str) -> bytes:
    """Return what is at an address; nobody is believed without the digest."""
    if not address.startswith(("https://", "http://")):
        raise SystemExit("the package index has no http address")
    unchecked = ssl._create_unverified_context()  # noqa: S323 the digest is what counts
    try:
        with urllib.request.urlopen(address, timeout=120, context=unchecked) as answer:  # noqa: S310 checked above
            return bytes(answer.read())
    except OSError as cause:
        raise SystemExit(f"the package index does not answer: {cause}") from cause


def wheel(digest: str) -> bytes:
    """Return the wheel with the digest from the index's page of uv."""
    page = package_index().rstrip("/") + "/uv/"
    for link in re.findall(r'href="([^"]+)"', read(page).decode("utf-8")):
        if digest in link:
            content = read(urllib.parse.urljoin(page, link.partition("#")[0]))
            if hashlib.sha256(content).hexdigest() != digest:
                raise SystemExit(f"the wheel of uv {VERSION} is not the one it should be")
            return content
    raise SystemExit(f"the package index has no uv {VERSION} for {platform.system()} on {platform.machine()}")


def main(version: str, folder: Path) -> None:
    """Fetch, check and unpack."""
    digest = WHEELS.get((platform.system(), platform.machine()))
    if digest is None or version != VERSION:
        raise SystemExit(f"no digest of uv {version} is known for {platform.system()} on {platform.machine()}")
    with zipfile.ZipFile(io.BytesIO(wheel(digest))) as archive:
        program = archive.read(f"uv-{VERSION}.data/scripts/uv")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "uv").write_bytes(program)
    (folder / "uv").chmod(0o755)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
