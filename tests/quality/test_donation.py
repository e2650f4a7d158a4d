from tests.quality.donation import Hidden, donation_figures, wrongly_lent

HIDDEN = [
    Hidden("a", "title", "Nets & boats", "nets and boats", "p"),
    Hidden("a", "title", "Nets – Boats", "Nets boats", "p"),
    Hidden("b", "title", "Nets", None, None),
    Hidden("b", "day", "2026-01-05", "2026-01-05", "q"),
    Hidden("c", "day", "2026-01-05", "2026-01-06", "q"),
]


def test_what_was_hidden_is_filled_right_wrong_or_not_at_all() -> None:
    figures = donation_figures(HIDDEN)
    assert (figures["n"], figures["hidden_titles"], figures["hidden_days"], figures["hidden_agencies"]) == (3, 3, 2, 0)
    assert (figures["title_right"], figures["title_wrong"], figures["title_empty"]) == (1 / 3, 1 / 3, 1 / 3)
    assert (figures["day_right"], figures["day_wrong"], figures["day_empty"]) == (0.5, 0.5, 0.0)
    assert figures["agency_right"] is None


def test_what_was_filled_in_wrong_is_shown() -> None:
    assert [(row["field"], row["said"], row["lent"]) for row in wrongly_lent(HIDDEN)] == [
        ("title", "Nets & boats", "nets and boats"),
        ("day", "2026-01-05", "2026-01-06"),
    ]
