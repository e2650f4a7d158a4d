from tests.quality.language_scores import language_figures


def answer(language: str, confidence: float) -> dict[str, object]:
    return {"language": language, "language_confidence": confidence}


def test_languages_are_counted_right_sure_and_surely_right() -> None:
    rows = [{"id": "a", "lang": "en-GB"}, {"id": "b", "lang": "de"}, {"id": "c", "lang": "sv"}, {"id": "d"}]
    rows += [{"id": "e", "lang": "en"}, {"id": "unread", "lang": "fr"}]
    answers = {"a": answer("en", 0.99), "b": answer("en", 0.95), "c": answer("und", 0.3), "d": answer("fr", 1.0)}
    answers["e"] = answer("en", 0.8)
    assert language_figures(rows, answers) == {
        "languages": 4,
        "language_right": 0.5,
        "language_sure": 0.5,
        "language_sure_right": 0.5,
    }


def test_without_gold_there_is_nothing_to_say() -> None:
    assert language_figures([{"id": "a"}], {})["language_right"] is None
