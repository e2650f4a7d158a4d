import pytest

from extract.agencies import agency_table, known_agencies
from extract.credits import Line, find_agency, people, read_credits
from extract.datelines import DATELINE, read_dateline
from extract.engine import load_tree
from extract.markup import read_markup
from extract.model import AuthorCandidate, Credit, Zone
from extract.sources import AgencyEntry
from tests.extract.pages import REPORT, html, read

TABLE = agency_table([AgencyEntry(name="MNA", aliases=["Meridian News Agency"])])
OUTLETS = ["The Tarn Post", "tarnpost.example"]


def line(
    text: str, zone: Zone = Zone.BOILERPLATE, *, start: int = 0, is_named: bool = False, is_foot: bool = False
) -> Line:
    return Line(start, text, zone, is_named, is_foot, is_above=False)


def credited(*candidates: AuthorCandidate, lines: tuple[Line, ...] = (), texts: tuple[Line, ...] = ()) -> list[Credit]:
    return read_credits(candidates, lines, texts, OUTLETS, TABLE)


def chosen(
    *candidates: AuthorCandidate, lines: tuple[Line, ...] = (), texts: tuple[Line, ...] = ()
) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in credited(*candidates, lines=lines, texts=texts) if one.is_chosen]


def ld(name: str) -> AuthorCandidate:
    return AuthorCandidate("json_ld", name)


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("(ANI)", "ANI"),
        ("AP/Reuters", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("Meridian News Agency (MNA)", "MNA"),
        ("DPA", "Deutsche Presse-Agentur"),
        ("ap", None),
        ("Uni", None),
        ("Ana Sol", None),
        ("Apples", None),
    ],
)
def test_an_agency_has_one_name(credit: str, name: str | None) -> None:
    assert TABLE.find(credit) == name


def test_agencies_are_known_once_and_a_declared_one_wins() -> None:
    known = known_agencies([AgencyEntry(name="Reuters", aliases=["RTR"])])
    names = [one.agency for one in known]
    assert names == sorted(set(names))
    assert [one.aliases for one in known if one.agency == "Reuters"] == ["RTR"]


def test_the_surest_place_names_the_agency() -> None:
    lines = [(Zone.BYLINE, "By Reuters"), (Zone.CREDIT, "Source: dpa")]
    opening = "PORT ESKER, Jan 8 (MNA) - A ferry struck a reef."
    found = [
        find_agency(lines, ["EFE"], "(ANI)", opening, [], TABLE),
        find_agency(lines, ["EFE"], None, opening, [], TABLE),
        find_agency(lines, ["EFE"], None, "A ferry.", [], TABLE),
        find_agency(lines[:1], ["EFE"], None, "A ferry.", [], TABLE),
        find_agency([], ["  • EFE"], None, "A ferry.", [], TABLE),
        find_agency([(Zone.NAV, "Bloomberg")], [], None, "A ferry.", [], TABLE),
    ]
    names = [agency and agency.name for agency in found]
    assert names == ["ANI", "MNA", "Deutsche Presse-Agentur", "Reuters", "EFE", None]


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("PORT ESKER, Jan 8 (MNA) — A ferry struck a reef.", ("PORT ESKER", "Jan 8", 1, 8)),
        ("PORT ESKER, 8 janvier (AFP) – Un ferry a coulé.", ("PORT ESKER", "8 janvier", 1, 8)),
        ("Port Esker (Tarn) [India], December 30 (ANI): A ferry struck.", ("Port Esker", "December 30", 12, 30)),
        ("WASHINGTON (AP) — The president said.", ("WASHINGTON", None, None, None)),
        ("Port Esker (MNA) - A ferry struck a reef.", ("Port Esker", None, None, None)),
        ("FILE - A ferry in the harbour.", None),
        ("A ferry struck a reef - and sank.", None),
        ("The quay was closed.", None),
    ],
)
def test_a_dateline_names_its_place_and_day(opening: str, dateline: tuple | None) -> None:
    assert read_dateline(opening) == dateline
    assert DATELINE.match(opening) is not None or dateline is None


def test_people_are_told_from_agencies_desks_and_the_outlet() -> None:
    found = credited(ld("Ana Sol"), ld("Reuters"), ld("Tarn Post Staff"), ld("The Tarn Post"))
    assert [(one.role, one.name, one.is_chosen) for one in found] == [
        ("person", "Ana Sol", True),
        ("agency", "Reuters", True),
        ("desk", "Tarn Post Staff", True),
        ("organisation", "The Tarn Post", False),
    ]
    assert people(found) == "Ana Sol"
    assert people(credited(ld("admin"))) is None


def test_an_agency_has_its_normal_name_beside_the_written_one() -> None:
    (found,) = credited(ld("AP"))
    assert (found.original_text, found.name, found.role) == ("AP", "Associated Press", "agency")


def test_a_byline_in_the_page_says_more_than_the_outlets_own_name() -> None:
    lines = (line("By Ana Sol", start=40),)
    assert chosen(ld("The Tarn Post"), lines=lines) == [("person", "Ana Sol")]
    assert chosen(ld("The Tarn Post")) == [("organisation", "The Tarn Post")]
    (_, seen) = credited(ld("The Tarn Post"), lines=lines)
    assert (seen.source, seen.start_offset, seen.end_offset) == ("line", 43, 50)


def test_those_who_only_edited_are_no_authors() -> None:
    lines = (line("By Ana Sol"), line("Edited by Pavo Resnik"))
    assert chosen(ld("Ana Sol"), ld("Pavo Resnik"), lines=lines) == [("person", "Ana Sol")]


def test_a_byline_that_names_more_than_the_markup_is_believed() -> None:
    assert chosen(ld("Ana Sol"), lines=(line("By Ana Sol and Pavo Resnik"),)) == [
        ("person", "Ana Sol"),
        ("person", "Pavo Resnik"),
    ]


def test_lists_of_other_articles_name_nobody() -> None:
    lines = (line("By Ana Sol Jan 8, 2026"), line("By Pavo Resnik Jan 7, 2026"), line("By Ines Kolar Jan 6, 2026"))
    assert chosen(lines=lines) == [("person", "Ana Sol")]
    assert chosen(lines=(line("Photo by Ana Sol", Zone.CAPTION),)) == []


def test_a_name_alone_beside_the_date_is_the_writers() -> None:
    beside = (line("• Ana Sol"), line("• |"), line("• Port Esker"), line("• Published: 08-01-2026 17:05", Zone.DATE))
    assert chosen(lines=beside) == [("person", "Ana Sol")]
    assert chosen(lines=beside[:3]) == []
    assert chosen(lines=(line("• MNA"), *beside[2:])) == [("agency", "MNA")]


def test_the_line_after_a_lone_by_is_a_name() -> None:
    assert chosen(lines=(line("By"), line("Ana Sol"))) == [("person", "Ana Sol")]


def test_an_element_marked_as_author_counts_where_bylines_stand() -> None:
    marked = [AuthorCandidate("markup", "Ana Sol"), AuthorCandidate("markup", "Pavo Resnik")]
    assert chosen(*marked, lines=(line("Ana Sol Pavo Resnik 8 January"),)) == [
        ("person", "Ana Sol"),
        ("person", "Pavo Resnik"),
    ]
    prose = "The quay where Ana Sol was seen last week is closed to all traffic until Monday"
    assert chosen(*marked, lines=(line(prose),)) == []


@pytest.mark.parametrize(
    ("texts", "origin"),
    [
        ((line("Source: The Marlow Times", is_foot=True),), ("The Marlow Times", "line")),
        ((line("Quelle: dpa", is_foot=True),), ("Deutsche Presse-Agentur", "line")),
        ((line("A ferry struck a reef. (ANI)", Zone.BODY),), ("ANI", "trailing")),
        ((line("A ferry struck a reef. - Reuters", Zone.BODY),), ("Reuters", "trailing")),
        ((line("The Associated Press contributed to this report.", Zone.BODY),), ("Associated Press", "line")),
        ((line("WASHINGTON, Dec 30 (Reuters) - A ferry struck a reef.", Zone.BODY),), ("Reuters", "dateline")),
        ((line("With inputs from PTI", is_foot=True),), ("Press Trust of India", "line")),
        ((line("Source: The Tarn Post", is_foot=True),), None),
        ((line("A ferry struck a reef (and sank)", Zone.BODY),), None),
        ((line("Pavo Resnik contributed to this report.", Zone.BODY),), None),
    ],
)
def test_a_text_says_where_it_comes_from(texts: tuple[Line, ...], origin: tuple[str, str] | None) -> None:
    found = [(one.name, one.source) for one in credited(texts=texts) if one.role == "upstream"]
    assert found == ([origin] if origin else [])


def test_markup_names_authors_in_many_ways() -> None:
    head = """<script type="application/ld+json">{"@graph": [
      {"@type": "NewsArticle", "headline": "Quay", "creator": "Ines Kolar",
       "author": [{"@id": "#ana"}, {"givenName": "Pavo", "familyName": "Resnik"}]},
      {"@type": "Person", "@id": "#ana", "name": "Ana Sol"}, {"@type": "WebPage"}]}</script>
      <meta name="author" content="The Tarn Post"><meta property="article:author" content="https://social.example/tarn">"""
    body = """<p>By <a rel="author" href="/x">Uma Lind</a> and <a href="/authors/kai-berg">Kai Berg</a></p>
      <div itemprop="author"><span itemprop="name">Lia Holm</span>, harbour desk</div><a href="/news/quay">Quay</a>"""
    found = [(one.source, one.name) for one in read_markup(load_tree(html(body, head))).authors]
    assert found == [
        ("json_ld", "Ana Sol"),
        ("json_ld", "Pavo Resnik"),
        ("json_ld", "Ines Kolar"),
        ("meta", "The Tarn Post"),
        ("markup", "Lia Holm"),
        ("markup", "Uma Lind"),
        ("markup", "Kai Berg"),
    ]


def test_a_page_carries_its_titles_and_credits_and_the_words_of_a_notice() -> None:
    notice = "(This story has not been edited by our staff and is auto-generated from a syndicated feed.)"
    lines = ["Outer quay closed at Tarn", "By Ana Sol", *REPORT[:-1], f"{REPORT[-1]} (ANI)", notice]
    page = read("\n\n".join(lines))
    assert page.document is not None
    assert (page.document.title, page.document.byline, page.document.agency) == (lines[0], "Ana Sol", "ANI")
    assert (page.document.has_syndication_notice, page.document.syndication_evidence) == (True, notice)
    assert [(one.role, one.name) for one in page.credits if one.is_chosen] == [
        ("person", "Ana Sol"),
        ("upstream", "ANI"),
    ]
    assert [(one.source, one.is_chosen) for one in page.titles] == [("line", True)]


def test_a_name_is_found_in_its_line_whatever_its_spaces_or_has_no_place_in_it() -> None:
    spaced = line("By  Ana\tSol", Zone.BYLINE, start=40)
    turned = AuthorCandidate("markup", "Sol, Ana")
    found = [
        (one.name, one.start_offset, one.end_offset)
        for one in (*credited(lines=(spaced,)), *credited(turned, lines=(line("By Sol, Ana", Zone.BYLINE),)))
    ]
    assert found == [("Ana Sol", 44, 51), ("Ana Sol", None, None)]


def test_authors_keep_the_order_in_which_a_page_names_them_first() -> None:
    assert people(credited(ld("Ana Sol and Ben Roe"), ld("Ana Sol"))) == "Ana Sol; Ben Roe"


@pytest.mark.parametrize("text", ["Edited by " + "a@" * 100_000, "By " + "a@" * 100, "By Ana" + " " * 50_000 + "Sol"])
def test_a_line_that_goes_on_and_on_costs_no_more_than_a_page(text: str) -> None:
    assert len(credited(lines=(line(text, is_foot=True), line(text, Zone.BYLINE)))) <= 2
