"""What the names model is taught."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.names.agreement import Candidate
from extract.names.encoder import LABELS, spans_of
from training.names.augment import names_of, varied
from training.names.gold import UNKNOWN, Document, Sentence, digest_of, kept, labelled, read_gold
from training.names.news import read_news
from training.names.silver import silver


def named(sentence: Sentence) -> list[tuple[str, str]]:
    """Return (words, type) of a sentence's names."""
    spans = spans_of([max(0, label) for label in sentence.labels])
    return [(" ".join(sentence.words[start:end]), kind) for start, end, kind in spans]


def write_rows(folder: Path, *rows: tuple[str, str, list[tuple[str, str]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (dataset, text, names) in enumerate(rows):
        spans = [[text.index(name), text.index(name) + len(name), kind] for name, kind in names]
        lines.append(json.dumps({"id": f"a-{number}", "dataset": dataset, "text": text, "spans": spans}))
    (folder / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_sentences_of_a_text_are_one_document(tmp_path: Path) -> None:
    folder = write_rows(tmp_path, ("gum", "Tarn won.", [("Tarn", "ORG")]), ("gum", "Berg lost.", [("Berg", "PER")]))
    (document,) = read_gold(folder)
    assert [named(sentence) for sentence in document.sentences] == [[("Tarn", "ORG")], [("Berg", "PER")]]


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("Then Professor Anna Berg left .", ("Professor Anna Berg", "PER"), ("Anna Berg", "PER")),
        ("Then The Tarn Post left .", ("The Tarn Post", "ORG"), ("Tarn Post", "ORG")),
        ("It was Anna Berg of the Tarn Post .", ("Anna Berg of the Tarn Post", "PER"), ("Anna Berg", "PER")),
        ("The Bank of Tarn left .", ("Bank of Tarn", "ORG"), ("Bank of Tarn", "ORG")),
        ("He did n't see Tarn .", ("Tarn", "location"), ("Tarn", "LOC")),
    ],
)
def test_names_are_taught_as_news_has_them(
    text: str, given: tuple[str, str], wanted: tuple[str, str], tmp_path: Path
) -> None:
    (document,) = read_gold(write_rows(tmp_path, ("uner-ewt", text, [given])))
    assert named(document.sentences[0]) == [wanted]


def test_peoples_are_added_and_doubtful_names_are_not_learned_from(tmp_path: Path) -> None:
    text = "Tarn saw Norwegians and the World Cup ."
    folder = write_rows(tmp_path, ("uner-ewt", text, [("Tarn", "ORG")]))
    spans = [(text.index(name), text.index(name) + len(name), kind) for name, kind in
             (("Tarn", "NORP"), ("Norwegians", "NORP"), ("World Cup", "EVENT"))]  # fmt: skip
    (document,) = read_gold(folder, [spans])
    (sentence,) = document.sentences
    assert named(sentence) == [("Tarn", "ORG"), ("Norwegians", "MISC")]
    assert [sentence.labels[sentence.words.index(word)] for word in ("World", "Cup", "saw")] == [UNKNOWN, UNKNOWN, 0]


def test_a_model_of_other_documents_or_settings_has_another_digest() -> None:
    one, other = (Document(name, "gum", [Sentence(["Tarn"], [0])]) for name in ("one", "other"))
    digests = {digest_of([one], 1), digest_of([one], 2), digest_of([other], 1), digest_of([one, other], 1)}
    assert len(digests) == 4
    assert digest_of([Document("one", "gum", [Sentence(["Tarn"], [0])])], 1) in digests


def test_every_nth_document_is_held_out() -> None:
    documents = [Document(str(number), "gum", []) for number in range(5)]
    assert [document.name for document in kept(documents, 2)] == ["1", "3"]
    assert kept(documents, 0) == documents


SENTENCES = st.lists(
    st.tuples(st.sampled_from(["Anna Berg", "Tarn", "sol"]), st.sampled_from(["PER", "ORG", "LOC", "MISC"])), min_size=1
)


@given(SENTENCES, st.integers(0, 10_000))
def test_a_varied_sentence_has_a_label_for_every_word_and_as_many_names(
    names: list[tuple[str, str]], seed: int
) -> None:
    text = "".join(f"then {name} met , " for name, _ in names)
    spans, start = [], 0
    for name, kind in names:
        start = text.index(name, start)
        spans.append((start, start + len(name), kind))
        start += len(name)
    document = Document("a", "gum", [labelled(text, spans)])
    pool = names_of([Document("b", "gum", [labelled("Sol Ito met Oslo", [(0, 7, "PER"), (12, 16, "LOC")])])])
    (changed,) = varied(document, pool, random.Random(seed)).sentences
    assert len(changed.words) == len(changed.labels)
    assert [kind for _, kind in named(changed)] == [kind for _, kind in names]
    assert varied(document, pool, random.Random(seed)).sentences == [changed]


def span(text: str, name: str, kind: str, weight: float = 1.0) -> Candidate:
    return Candidate(text.index(name), text.index(name) + len(name), kind, weight)


def test_silver_labels_are_what_two_models_agree_on() -> None:
    text = "Anna Berg left Tarn.\nThe Sol Harbour Games began in Oslo with Ito."
    own = [span(text, "Anna Berg", "PER", 0.6), span(text, "Tarn", "ORG", 0.6), span(text, "Ito", "PER", 0.95)]
    other = [span(text, "Anna Berg", "PER"), span(text, "Tarn", "LOC"), span(text, "Sol Harbour Games", "MISC"),
             span(text, "Oslo", "LOC")]  # fmt: skip
    document = silver("a", text, own, other, 0.5)
    found = [name for sentence in document.sentences for name in named(sentence)]
    assert found == [("Anna Berg", "PER"), ("Sol Harbour Games", "MISC"), ("Ito", "PER")]
    labels = {
        word: label
        for sentence in document.sentences
        for word, label in zip(sentence.words, sentence.labels, strict=True)
    }
    assert labels["Tarn"] == labels["Oslo"] == UNKNOWN
    assert labels["began"] == 0
    assert LABELS[labels["Games"]] == "I-MISC"


def news_row(name: str, text: str) -> dict[str, str]:
    return {"id": name, "title": "", "text": text, "kind": "orig"}


def test_measured_texts_and_copies_are_not_learned_from(tmp_path: Path) -> None:
    def text(word: str) -> str:
        return " ".join(f"{word}{number}" for number in range(80)) + "."

    (tmp_path / "entities" / "dev").mkdir(parents=True)
    (tmp_path / "entities" / "dev" / "x.jsonl").write_text(
        json.dumps({"id": "x", "text": "So. " + text("seen")}), "utf-8"
    )
    rows = {"syndi": [news_row("a", text("new")), news_row("b", text("new") + " More."), news_row("c", text("seen"))]}
    for name in ("gnews_cluster", "wikinews", "syndi", "allsides2021", "oneday_wire", "allsides"):
        path = tmp_path / "clustering" / "dev" / f"{name}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(json.dumps(row) for row in rows.get(name, [])), "utf-8")
    for name in ("aeb", "aed", "fundus", "wcxb_article", "cpe"):
        path = tmp_path / "extraction" / name / "dataset.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    found = read_news(tmp_path)
    assert len(found) == 1
    assert found[0][1].startswith("\nnew0 new1")
