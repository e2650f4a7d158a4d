"""Chooses, for a page whose site the shipped cleaner was trained on, the model of the fold that never saw that site."""

from functools import cache
from pathlib import Path

from extract.line_model import DEFAULT_MODEL, load_model, site_key
from tests.quality.data import Row

FOLD_MODELS = Path(__file__).with_name("cleaners")


def unseen_cleaner(row: Row) -> dict[str, str]:
    """Return the field `cleaner` for a row of the batch interface; nothing for sites the shipped model does not know.

    Raises:
        LookupError: every model was trained on the site, so that none can be measured on it.
    """
    site = site_key(str(row.get("site") or row.get("page") or row["id"]))
    if site not in load_model(DEFAULT_MODEL).sites:
        return {}
    for path in _fold_models():
        if site not in load_model(path).sites:
            return {"cleaner": str(path)}
    raise LookupError(f"every model in {FOLD_MODELS} knows the site of {row['id']}: run `make train-cleaner`")


@cache
def _fold_models() -> list[Path]:
    return sorted(FOLD_MODELS.glob("fold-*.npz"))
