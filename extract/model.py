"""The nouns that travel: a page as collected, as parsed, and the document that is read from it.

Each stage has its own record, so that one sees who fills what. Records go between tasks as Parquet rows
(`extract.shards`) and end as rows of the tables in `extract/schema.sql`, whose columns carry the same names.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Fate(StrEnum):
    """What became of an input page; every page has exactly one."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    ALREADY_SEEN = "already_seen"


class Reason(StrEnum):
    """Why a page was quarantined."""

    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too_large"
    BROKEN_GZIP = "broken_gzip"
    UNREADABLE_ROW = "unreadable_row"
    UNREADABLE_FILE = "unreadable_file"
    PARSE_ERROR = "parse_error"
    NO_BODY = "no_body"
    TOO_SHORT = "too_short"
    SECTION_FRONT = "section_front"
    VIDEO_PAGE = "video_page"
    GALLERY = "gallery"


class Media(StrEnum):
    """What the bytes are."""

    HTML = "html"
    TEXT = "text"  # a page flattened to text, furniture and all
    BODY = "body"  # already clean


class Zone(StrEnum):
    """What a piece of a page is; `BODY` and `STANDFIRST` are kept, title and standfirst have columns of their own."""

    BODY = "body"
    TITLE = "title"
    STANDFIRST = "standfirst"
    CAPTION = "caption"
    CREDIT = "credit"
    DATELINE = "dateline"
    BYLINE = "byline"
    DATE = "date"
    NAV = "nav"
    PAYWALL = "paywall"
    PLAN = "plan"
    RELATED = "related"
    TRENDING = "trending"
    NEWSLETTER = "newsletter"
    SHARE = "share"
    DISCLAIMER = "disclaimer"
    COMMENT = "comment"
    COOKIE = "cookie"
    TAGS = "tags"
    ABOUT = "about"
    LEGAL = "legal"
    ADVERT = "advert"
    REPEAT = "repeat"
    TEMPLATE = "template"
    BLANK = "blank"
    BOILERPLATE = "boilerplate"  # cut, kind unknown


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher declared in the sources file."""

    outlet_id: str
    outlet_name: str
    hosts: str  # separated by spaces
    time_zone: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """An input page of a night, as collected; its bytes are in the page store under `content_sha256`."""

    night: date
    page_id: str
    version_key: str
    source_id: str
    origin: str
    url: str | None
    fetched_at: datetime | None  # UTC
    media: str
    content_sha256: str
    content_bytes: int
    given_title: str | None
    given_published_at: str | None
    given_outlet: str | None
    fate: str
    reason: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a dump or a leaf block of an HTML page; `text[start:end]` includes the line ends that follow it."""

    start: int
    end: int
    tag: str  # HTML tag of the block, or "line"
    link_density: float  # share of its characters inside links, 0 to 1
    engine_share: float  # share of its words that the HTML engine kept, 0 to 1; 0 for dumps
    hint: str | None  # zone its markup names (class, id, role); None when it says nothing
    container: str  # path of the boxes it stands in, such as "/2/7/"; a box's blocks begin with the box's path
    # What only HTML tells; 0 or empty for dumps.
    depth: int = 0  # elements above it
    links: int = 0  # links that hold some of its text
    landmarks: int = 0  # bit per name of `extract.blocks.LANDMARKS` that it is, or stands in
    names: str = ""  # words of the class names, ids and roles of its element and of those around it, nearest first
    ld_share: float = 0.0  # share of its words that the page's JSON-LD gives as the article's body, 0 to 1


STANDINGS = ("named", "own", "page")


@dataclass(frozen=True, slots=True)
class PageUrl:
    """A row of `raw.page_urls`: a URL that a page was known by."""

    url_no: int
    role: str  # given | canonical | og | amphtml | alias
    url: str  # absolute, else as written
    normal_url: str
    host_outlet_id: str | None


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """A date or time that a page gives for itself, before one is chosen."""

    kind: str  # published | updated | created
    original_text: str
    source: str  # given | json_ld | meta | microdata | time_tag | script | visible | url
    start_offset: int | None
    end_offset: int | None
    # named: words or names say it is that time of this article | own: it stands where that time stands | page: neither
    standing: str = "named"


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A headline that a page or its source row gives."""

    source: str  # given | heading | json_ld | open_graph | twitter | meta | head_title | line
    title: str


@dataclass(frozen=True, slots=True)
class AuthorCandidate:
    """Somebody a page's markup names as author, before people, agencies and desks are told apart."""

    source: str  # json_ld | meta | markup (an element that its attributes call an author)
    name: str
    is_organisation: bool = False  # the markup says so


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page as blocks of text, and what its markup says of it."""

    page: Page
    encoding: str
    encoding_evidence: str
    is_mojibake_repaired: bool
    text: str
    blocks: list[Block]
    titles: list[TitleCandidate]  # best first
    authors: list[AuthorCandidate]
    site_name: str | None
    canonical_url: str | None
    urls: list[PageUrl]
    outlet_id: str | None
    outlet_evidence: str | None
    time_zone: str | None
    country: str | None
    schema_types: str  # JSON-LD and Open Graph types, separated by spaces
    times: list[TimeCandidate]


@dataclass(frozen=True, slots=True)
class Span:
    """A row of `raw.spans`."""

    span_no: int
    start_offset: int
    end_offset: int
    zone: str
    is_kept: bool
    rule: str
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class Time:
    """A row of `raw.times`."""

    time_no: int
    kind: str
    value_at: datetime
    original_text: str
    zone_name: str | None
    zone_evidence: str
    precision: str
    source: str
    confidence: float
    start_offset: int | None
    end_offset: int | None
    is_chosen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Title:
    """A row of `raw.titles`."""

    title_no: int
    source: str
    original_text: str
    title: str
    is_chosen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Credit:
    """A row of `raw.credits`."""

    credit_no: int
    role: str  # person | agency | desk | organisation | upstream
    original_text: str
    name: str
    source: str  # json_ld | meta | markup (an element marked as author) | line | trailing | dateline
    start_offset: int | None
    end_offset: int | None
    is_chosen: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Term:
    """A row of `raw.terms`."""

    term: str
    title_count: int
    body_count: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A row of `raw.mentions`."""

    mention_no: int
    zone: str
    start_offset: int
    end_offset: int
    surface: str
    entity_type: str
    name_key: str
    resolved_key: str
    mention_kind: str = "name"  # name | demonym
    country_code: str | None = None  # of a country's name or demonym
    span_no: int | None = None  # of the caption it stands in


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A row of `raw.role_claims`."""

    claim_no: int
    mention_no: int
    zone: str
    span_no: int | None
    start_offset: int
    end_offset: int
    text: str
    role: str
    is_current: bool
    country_code: str | None
    organisation_key: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A row of `raw.quotes`: a part of a quotation; most have one."""

    quote_no: int
    utterance_no: int
    start_offset: int
    end_offset: int
    text: str
    is_marked: bool
    speaker: str | None
    speaker_key: str | None
    speaker_evidence: str | None  # named | pronoun | continued | introduced
    verb: str | None
    quote_key: int
    shingles: list[int]


@dataclass(frozen=True, slots=True)
class Document:
    """A row of `raw.documents`: the clean text of an accepted page and what the page says of itself."""

    kind: str
    outlet_id: str | None
    outlet_evidence: str | None
    canonical_url: str | None
    title: str | None
    title_source: str | None
    standfirst: str | None
    body: str
    body_sha256: str
    byline: str | None
    agency: str | None
    agency_evidence: str | None
    has_syndication_notice: bool
    syndication_evidence: str | None
    dateline_place: str | None
    dateline_day: str | None
    dateline_month: int | None
    dateline_day_of_month: int | None
    language: str
    language_confidence: float
    language_share: float
    other_language: str | None
    completeness: str
    completeness_evidence: str | None
    encoding: str
    encoding_evidence: str
    is_mojibake_repaired: bool
    word_count: int
    paragraph_count: int
    cleaning_confidence: float
    cleaner: str


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page at the end of its own way: its fate, and when accepted its document with everything found in it."""

    page: Page
    document: Document | None
    urls: list[PageUrl] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    shingles: list[int] = field(default_factory=list)
    number_places: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    role_claims: list[RoleClaim] = field(default_factory=list)
