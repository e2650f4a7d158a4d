"""Trains the names model: `python -m training.names --data FOLDER`.

First on the annotated sentences of `entities/train`; then with two thirds of the news, labelled alike by this first
model and spaCy's; then with other two thirds, labelled by the second model and spaCy's. The mean of the last two models
is written as the file that nights read. About an hour on one core that knows bfloat16; a run that was stopped goes on
from the round it had ended, as long as its work folder stands.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from extract.names.encoder import DEFAULT_NAMES, NameModel, find_names, load_names, wheel_arrays, wheel_folder
from extract.names.spacy import find_labelled
from extract.names.spacy import find_names as find_names_by_spacy
from extract.names.words import Window
from training.names.export import write_names
from training.names.gold import Document, kept, read_gold, read_rows
from training.names.network import Network
from training.names.news import read_news
from training.names.silver import silver
from training.names.train import Settings, examples, fit

FIRST = Settings(rounds=3)
SECOND = Settings(rounds=2, seed=1)
THIRD = Settings(rounds=1, seed=2, learning_rate=6e-5, head_rate=3e-4)
SILVER_WEIGHT = 0.7
_UNSURE = {"EVENT", "WORK_OF_ART", "PRODUCT", "LAW"}
_TEXTS_AT_ONCE = 64
_SOME = 40


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.names", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with entities/, clustering/ and extraction/")
    parser.add_argument("--work", type=Path, default=Path("build/names"), help="checkpoints (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=DEFAULT_NAMES, help="the model's file (default: %(default)s)")
    parser.add_argument(
        "--hold-out",
        type=int,
        default=0,
        metavar="N",
        help="learn from all but every Nth annotated document, to see on these what a change is worth (default: all)",
    )
    options = parser.parse_args(arguments)
    if not (options.data / "entities" / "train").is_dir():
        print(f"training: no entities/train in {options.data}: give the evaluation folder", file=sys.stderr)
        return 1
    print(f"training: begins with the encoder of {wheel_folder()}")
    options.work.mkdir(parents=True, exist_ok=True)
    gold = kept(annotated(options.data / "entities" / "train"), options.hold_out)
    first = fit(gold, FIRST, checkpoint=options.work / "first.pt")
    write_names(first, some_windows(gold), options.work / "first.npz")
    texts = read_news(options.data)
    # A third of the texts is in both stages, so that the last also mends what the one before learned wrongly.
    some = [text for number, text in enumerate(texts) if number % 3 != 2]
    others = [text for number, text in enumerate(texts) if number % 3 != 0]
    news = list(labelled_news(some, load_names(options.work / "first.npz")))
    second = fit([*gold, *news], SECOND, start=first.state_dict(), checkpoint=options.work / "second.pt")
    write_names(second, some_windows(news), options.work / "second.npz")
    news = list(labelled_news(others, load_names(options.work / "second.npz")))
    third = fit([*gold, *news], THIRD, start=second.state_dict(), checkpoint=options.work / "third.pt")
    write_names(mean_of(second, third), some_windows(news), options.out)
    print(f"training: wrote {options.out} ({options.out.stat().st_size / 2**20:.1f} MiB)")
    return 0


def annotated(folder: Path) -> list[Document]:
    """Return the annotated documents, with the peoples that spaCy sees and the sets leave out."""
    texts = [row.text for row in read_rows(folder)]
    found = [
        [(start, end, label) for start, end, label in spans if label == "NORP" or label in _UNSURE]
        for spans in find_labelled(texts)
    ]
    return read_gold(folder, found)


def labelled_news(news: Sequence[tuple[str, str]], model: NameModel) -> Iterable[Document]:
    """Yield news texts with the labels on which a model and spaCy's agree."""
    for first in range(0, len(news), _TEXTS_AT_ONCE):
        part = news[first : first + _TEXTS_AT_ONCE]
        texts = [text for _, text in part]
        for (name, text), own, other in zip(part, find_names(texts, model), find_names_by_spacy(texts), strict=True):
            yield silver(name, text, own, other, SILVER_WEIGHT)


def mean_of(first: Network, second: Network) -> Network:
    """Return the network whose weights are the means of two that came from one another."""
    other = second.state_dict()
    mean = Network(wheel_arrays(), dropout=0.0)
    mean.load_state_dict({name: (value + other[name]) / 2 for name, value in first.state_dict().items()})
    mean.eval()
    return mean


def some_windows(documents: Sequence[Document]) -> list[Window]:
    """Return windows of documents from all over."""
    return [example.window for document in documents[:: len(documents) // _SOME + 1] for example in examples(document)]


if __name__ == "__main__":
    sys.exit(main())
