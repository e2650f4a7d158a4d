"""Body, metadata and dump scores on cases small enough to reckon by hand."""

import pytest

from tests.quality import text_scores as scores


def test_a_text_shorter_than_a_shingle_is_one_shingle():
    assert scores.shingles(["the", "mayor", "resigned"]) == {("the", "mayor", "resigned"): 1}


def test_shingles_are_counted_as_often_as_they_occur():
    counted = scores.shingles(scores.tokens("no no no no no"))
    assert counted == {("no", "no", "no", "no"): 2}


def test_each_ideograph_is_a_token_and_width_and_case_do_not_matter():
    assert scores.tokens("Ｔｏｋｙｏ 東京 2020!") == ["tokyo", "東", "京", "2020"]


def test_a_page_is_scored_by_shingles_shared_with_gold():
    # Gold "a b c d e" has the shingles abcd, bcde; ours "a b c d x y" has abcd, bcdx, cdxy: one is shared.
    page = scores.page_agreement("a b c d e", "a b c d x y", None)
    assert page.precision == pytest.approx(1 / 3)
    assert page.recall == pytest.approx(1 / 2)
    assert page.f1 == pytest.approx(0.4)


def test_an_empty_page_lowers_recall_but_not_precision():
    rows = [{"id": "1", "gold_text": "a b c d"}, {"id": "2", "gold_text": "e f g h"}]
    score = scores.body_score(rows, {"1": "a b c d"})
    assert (score.precision, score.recall) == (1.0, 0.5)
    assert score.f1 == pytest.approx(2 / 3)
    assert (score.bad, score.empty) == (0.5, 0.5)


def test_the_headline_counts_on_neither_side_when_it_stands_among_the_first_five_lines():
    title = "Mayor resigns"
    assert scores.without_title("Mayor RESIGNS!\n\nShe said so.", title) == "\nShe said so."
    late = "1\n2\n3\n4\n5\nMayor resigns"
    assert scores.without_title(late, title) == late


def test_dates_are_right_on_the_written_day_and_on_the_day_in_utc():
    assert scores.gold_days("2026-01-05T23:30:00-05:00") == {"2026-01-05", "2026-01-06"}
    assert scores.gold_days("2026-01-05T23:30:00") == {"2026-01-05"}
    assert scores.gold_days(None) == set()


def test_metadata_is_scored_where_gold_speaks():
    rows = [
        {"id": "1", "gold_title": "Rain, at last", "gold_date": "2026-01-05", "gold_authors": ["By Ana Sol", "Li Wei"]},
        {"id": "2", "gold_title": "Snow", "gold_date": "2026-01-06", "gold_authors": None},
        {"id": "3", "gold_title": None, "gold_date": None, "gold_authors": None},
    ]
    answers = {
        "1": {"title": "Rain at last", "published_at": "2026-01-06T00:00:00Z", "authors": ["ana sol"]},
        "2": {"title": "Snow | The Daily", "published_at": None, "authors": []},
    }
    score = scores.metadata_score(rows, answers)
    assert (score.titles, score.title_exact) == (2, 0.5)
    assert (score.dates, score.date_right, score.date_precision) == (2, 0.0, 0.0)
    assert score.authored == 1
    assert score.author_f1 == pytest.approx(2 / 3)


def test_the_time_of_day_is_right_to_the_minute_where_gold_and_answer_know_their_zone():
    golds = ["2026-01-05T10:30:20+01:00", "2026-01-05T10:30:00Z", "2026-01-05 10:30:00", "2026-01-05T00:00:00Z"]
    rows = [{"id": str(number), "gold_date": gold} for number, gold in enumerate(golds)]
    answers = {name: {"published_at": "2026-01-05T09:30:00Z"} for name in "0123"}
    score = scores.metadata_score(rows, answers)
    assert (score.instants, score.time_right, score.time_precision) == (2, 0.5, 0.5)
    day_only = scores.metadata_score(rows, {**answers, "1": {"published_at": "2026-01-05"}})
    assert (day_only.time_right, day_only.time_precision) == (0.5, 1.0)


def test_a_date_that_is_not_given_costs_no_precision():
    rows = [{"id": str(number), "gold_date": "2026-01-05"} for number in (1, 2)]
    score = scores.metadata_score(rows, {"1": {"published_at": "2026-01-05"}})
    assert (score.date_right, score.date_precision) == (0.5, 1.0)
    assert score.title_exact is None


def test_lines_are_weighed_by_their_tokens_and_those_with_other_labels_count_neither_way():
    lines = ["one two three", "home", "four", "Title here", "five six"]
    labels = [1, 0, 1, 2, 1]
    found = scores.kept_lines_agreement(lines, labels, {0, 1, 3})
    assert found is not None
    assert found.precision == pytest.approx(3 / 4)
    assert found.recall == pytest.approx(3 / 6)


def test_a_dump_without_content_is_not_scored():
    assert scores.kept_lines_agreement(["home"], [0], {0}) is None


def test_means_are_taken_over_documents():
    mean = scores.mean_agreement([scores.Agreement(1.0, 0.0, 0.0), scores.Agreement(0.5, 1.0, 0.6)])
    assert (mean.precision, mean.recall, mean.f1) == (0.75, 0.5, 0.3)
