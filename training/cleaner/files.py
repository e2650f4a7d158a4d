"""Writes model files."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt


def write_model(arrays: Mapping[str, npt.NDArray[np.generic]], path: Path) -> None:
    """Write a model file; equal arrays give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(arrays):
            stored = BytesIO()
            np.lib.format.write_array(stored, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            # numpy's own writer stamps the hour; an entry of its own says 1980, always.
            entry = zipfile.ZipInfo(f"{name}.npy")
            archive.writestr(entry, stored.getvalue(), zipfile.ZIP_DEFLATED)
