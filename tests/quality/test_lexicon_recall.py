"""What the lexicon matches is counted by half, kind and whether gold keeps the line."""

from tests.quality.lexicon_recall import ALL, REJECTED, Line, Matched, half_of, lines_of, matches, measure, table

PATTERNS = {"call": "(?i)(?:^hand this on)", "price": r"(?i)(?:\d+ crowns a month$)"}


def test_a_line_counts_once_per_site_and_blank_or_other_lines_do_not() -> None:
    rows = [
        {"site": "echo", "lines": ["  Hand this on", "The ferry sails.", "", "A headline"], "labels": [0, 1, 0, 2]},
        {"site": "echo", "lines": ["Hand this on"], "labels": [REJECTED]},
        {"site": "post", "lines": ["Hand this on"], "labels": [REJECTED]},
    ]
    assert lines_of(rows) == sorted(
        [
            Line(half_of("echo"), "echo", False, "Hand this on"),
            Line(half_of("echo"), "echo", True, "The ferry sails."),
            Line(half_of("post"), "post", False, "Hand this on"),
        ],
        key=lambda line: (line.half, line.site, line.is_kept),
    )


def test_sites_fall_into_both_halves_and_always_into_the_same() -> None:
    halves = {site: half_of(site) for site in map(str, range(40))}
    assert set(halves.values()) == {"read", "unread"}
    assert halves == {site: half_of(site) for site in halves}


def test_a_text_is_matched_by_any_pattern() -> None:
    texts = ["Hand this on to a friend", "Only 9 crowns a month", "They hand this on."]
    assert matches(texts, PATTERNS) == [True, True, False]


def test_kinds_and_fates_are_counted_apart() -> None:
    lines = [
        Line("read", "echo", False, "Hand this on: share it"),
        Line("read", "echo", False, "Share your news"),
        Line("read", "echo", True, "Hand this on, she said, and share the blame."),
        Line("unread", "post", False, "Harbour"),
    ]
    measured = measure(lines, PATTERNS)
    assert measured["read", "share", False] == measured["read", ALL, False] == Matched(2, 1)
    assert measured["read", "share", True] == Matched(1, 1)
    assert measured["unread", ALL, False] == Matched(1, 0)
    assert ("unread", "share", False) not in measured
    assert "| share | 2 | 0.500 | 1 | 1 (1.0000) |" in table(measured, "read")
    assert "| all | 1 | 0.000 | 0 | 0 (0.0000) |" in table(measured, "unread")
