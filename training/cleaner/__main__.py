"""Trains the cleaner's model: `python -m training.cleaner --data FOLDER`.

Writes the model that nights use, trained on every site, and one model per fold that never saw the sites of that fold:
by them `make quality` measures pages whose sites the shipped model knows. About ten minutes a model on one core.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from extract.line_model import DEFAULT_MODEL, site_key
from training.cleaner.files import write_model
from training.cleaner.pages import FOLDS, TrainingPage, fold_of, read_pages
from training.cleaner.train import train

ROOT = Path(__file__).parents[2]
FOLD_MODELS = ROOT / "tests" / "quality" / "cleaners"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.cleaner", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with aeb, aed, fundus and wcxb_article")
    parser.add_argument("--only", type=int, nargs="*", help="folds to train; all and the shipped model if left away")
    options = parser.parse_args(arguments)
    if not (options.data / "aeb").is_dir():
        print(f"training: no pages in {options.data}: give the folder that holds aeb, aed, fundus", file=sys.stderr)
        return 1
    pages = list(read_pages(options.data))
    print(f"training: {len(pages)} pages of {len({page.site for page in pages})} sites")
    wanted = [None, *range(FOLDS)] if options.only is None else options.only
    with ProcessPoolExecutor(max_workers=2) as workers:
        for path in workers.map(_train_one, wanted, [pages] * len(wanted)):
            print(f"training: wrote {path} ({path.stat().st_size / 1024:.0f} KiB)")
    return 0


def _train_one(fold: int | None, pages: list[TrainingPage]) -> Path:
    """Train on all pages, or on those outside a fold; return the file written."""
    seen = [page for page in pages if fold is None or fold_of(page.site) != fold]
    path = DEFAULT_MODEL if fold is None else FOLD_MODELS / f"fold-{fold}.npz"
    sites = np.array(sorted({site_key(page.site) for page in seen}))
    write_model({**train(seen), "sites": sites}, path)
    return path


if __name__ == "__main__":
    sys.exit(main())
