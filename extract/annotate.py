"""A parsed page and its outlet's templates to a document: zones, clean text, times, credits. Pure.

What needs a whole batch at once (names, and the quotations that lean on them) is added by `with_names`.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from extract import engine, names
from extract.agencies import AgencyTable
from extract.credit_lines import byline_lines, origin_lines
from extract.credits import credited_agency, find_agency, people, read_credits
from extract.datelines import DATELINE, read_dateline
from extract.dates import Clock, url_time
from extract.labels import (
    KEPT_BY_ENGINE,
    MIN_BODY_WORDS,
    Label,
    Piece,
    crawl_stamp,
    label_blocks,
    label_given,
    trailing_credit,
)
from extract.language import detect
from extract.line_model import DEFAULT_MODEL, load_model
from extract.model import (
    AnnotatedPage,
    Credit,
    Document,
    Fate,
    Media,
    Mention,
    ParsedPage,
    Quote,
    Reason,
    Span,
    Title,
    Zone,
)
from extract.names.roles import find_roles
from extract.quotes import find_quotes
from extract.terms import find_terms
from extract.time_choice import read_times
from extract.time_lines import line_times
from extract.titles import HEAD_LINES, heading_texts, headline, headline_line, read_titles, with_line
from extract.urls import host_of, site_of
from extract.words import hashed_texts, line_words, words

_KEPT = (Zone.BODY, Zone.STANDFIRST)
_QUOTED = "quote"  # zone of a name in the body that stands inside a quotation
# "(AP Photo/Ana Sol)", "Image Credit: ANI", "© Reuters"; "FILE PHOTO:" opens captions.
_PHOTO_CREDIT = re.compile(
    r"[\s(\[|.]*(?:"
    r"(?<!file )\b(?:(?!file)[a-z]{2,4} )?(?:image|photo|photograph|picture|pic)s?\s*(?:credits?|by|courtesy)?\s*[:/]|"
    r"\b(?:image|photo|picture)s?\s(?:credits?|by|courtesy)\b|\b(?:credits?|source|copyright)\s*:|©).*",
    re.IGNORECASE | re.DOTALL,
)

_TEASER_WORDS = 60
_TEASER_CHARS = 60  # shorter lines above the text are headlines and menus, and recur in it by chance
_FRONT_LINKED_SHARE = 0.5  # share of a page's characters inside links; articles of the evaluation sets stay below .35
_FRONT_MAX_BODY_WORDS = 50
_FRONT_MAX_LIST_WORDS = 300  # of body; with more a page full of linked headlines is an article all the same
_LIVE_ENTRIES = 4
_CLOCK_LINE = re.compile(r"^\W*\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?(?:\s?[A-Z]{2,5})?\W*(?:\s|$)", re.IGNORECASE)
_STANDFIRST_WORDS = 8
_DOUBTFUL = 0.8  # confidence of a cut; the model is surer of captions and bylines that stand below a headline
_SENTENCE_ENDS = tuple(".!?。！？…\"'”’»)")
_PAYWALL_WINDOW = 6
# A wall that says the text goes on is believed below the length of a usual report (median of the evaluation sets: 430
# words); under longer texts the same wall mostly stands for readers who come back.
_MORE_FOLLOWS = re.compile(r"continue reading|read (the )?(full|rest)|subscribers? only", re.IGNORECASE)
_SHORT_FOR_A_STORY = 220
_FRONT_HEADLINES = 5  # a related box between two paragraphs has up to four
_LINKED = 0.8
_HEADLINE_CHARS = 20
_VIDEO_PATH = re.compile(r"/videos?/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
    """The clean text of a page, and its words: they are asked for often, and read once."""

    paragraphs: list[str]
    body: str
    words: list[str]
    opening: str  # first paragraph after the standfirst
    report_words: list[str]  # without the standfirst, which every outlet writes for itself, dateline and credit


def with_names(pages: Sequence[AnnotatedPage], backend: str = names.DEFAULT_BACKEND) -> list[AnnotatedPage]:
    """Return the pages with the names, offices and quotations of their documents, found for all of them at once."""
    zones = [_named_zones(page) for page in pages]
    found = names.find_mentions(zones, backend)
    return [
        _with_names(page, own, mentions) if page.document else page
        for page, own, mentions in zip(pages, zones, found, strict=True)
    ]


def _named_zones(page: AnnotatedPage) -> list[names.ZoneText]:
    """Return where names are read: title, body, and captions up to the picture's credit; nothing else that is cut."""
    if page.document is None:
        return []
    captions = [
        names.ZoneText(names.CAPTION, _caption_text(span.text), span.span_no)
        for span in page.spans
        if span.zone == Zone.CAPTION
    ]
    return [
        names.ZoneText("title", page.document.title or ""),
        names.ZoneText("body", page.document.body),
        *captions,
    ]


def _caption_text(text: str) -> str:
    return _PHOTO_CREDIT.sub("", text[: trailing_credit(text)])


def _with_names(page: AnnotatedPage, zones: Sequence[names.ZoneText], mentions: Sequence[Mention]) -> AnnotatedPage:
    quotes = find_quotes(zones[1].text, mentions, page.document.language if page.document else "")
    placed = [replace(one, zone=_QUOTED) if _is_quoted(one, quotes) else one for one in mentions]
    claims = [replace(claim, zone=placed[claim.mention_no].zone) for claim in find_roles(zones, mentions)]
    return replace(page, mentions=placed, quotes=quotes, role_claims=claims)


def _is_quoted(mention: Mention, quotes: Sequence[Quote]) -> bool:
    return mention.zone == "body" and any(
        quote.start_offset <= mention.start_offset and mention.end_offset <= quote.end_offset for quote in quotes
    )


def version(
    mode: str = engine.DEFAULT_MODE, cleaner: Path = DEFAULT_MODEL, backend: str = names.DEFAULT_BACKEND
) -> str:
    """Return the name of everything that decides how a page is read."""
    return f"{engine.version(mode)}+{load_model(cleaner).version}+{names.version(backend)}"


def annotate_page(
    page: ParsedPage, templates: frozenset[int], agencies: AgencyTable, *, cleaner: Path = DEFAULT_MODEL
) -> AnnotatedPage:
    """Label a page's blocks and read its document; the page's fate is decided here, with the reason.

    Args:
        page: the parsed page.
        templates: hashes of the outlet's templates.
        agencies: the agencies a credit may name.
        cleaner: file of the line model.
    """
    labels = _labels(page, templates, cleaner)
    titles = read_titles(page)
    pieces = _pieces(page, labels, titles)
    titles = with_line(
        titles, [page.text[piece.start : piece.end] for piece in pieces if piece.label.zone is Zone.TITLE]
    )
    credited = read_credits(
        page.authors, byline_lines(page, pieces), origin_lines(page, pieces), _outlet_names(page), agencies
    )
    spans = [
        Span(number, piece.start, piece.end, str(piece.label.zone), piece.label.zone in _KEPT, piece.label.rule,
             piece.label.score, page.text[piece.start : piece.end])
        for number, piece in enumerate(pieces)
    ]  # fmt: skip
    text = _clean_text(page, pieces)
    document = _document(page, pieces, text, headline(titles), credited, agencies, cleaner)
    quarantine = _quarantine(page, document)
    if quarantine is not None:
        reason, detail = quarantine
        quarantined = replace(page.page, fate=Fate.QUARANTINED.value, reason=reason.value, detail=detail)
        return AnnotatedPage(quarantined, None, spans=spans)
    (hashes,) = hashed_texts([" ".join(text.report_words)])
    return AnnotatedPage(
        page=replace(page.page, fate=Fate.ACCEPTED.value),
        document=document,
        urls=page.urls,
        spans=spans,
        times=read_times(
            [*page.times, *line_times(page, pieces), *url_time(page.canonical_url)],
            clock_of(page, document.language),
            _stamps(page),
        ),
        shingles=hashes.shingles.tolist(),
        number_places=hashes.number_places.tolist(),
        numbers=hashes.numbers.tolist(),
        terms=find_terms(words(document.title or ""), text.words),
        titles=titles,
        credits=credited,
    )


def _labels(page: ParsedPage, templates: frozenset[int], cleaner: Path) -> list[Label]:
    if page.page.media == Media.BODY:
        return label_given(page.blocks)
    return label_blocks(page.text, page.blocks, templates, load_model(cleaner))


def _pieces(page: ParsedPage, labels: Sequence[Label], titles: Sequence[Title]) -> list[Piece]:
    """Return the labelled stretches in order; they tile the text.

    Crawl stamps and trailing credits are cut out of their lines.
    """
    lines = [page.text[block.start : block.end].strip() for block in page.blocks]
    said = line_words(lines)
    labels = _with_headline(page, lines, said, labels, titles)
    pieces: list[Piece] = []
    for index, (block, label, own) in enumerate(zip(page.blocks, labels, said, strict=True)):
        line = page.text[block.start : block.end]
        stamp = crawl_stamp(line) if index == 0 else 0
        credit = trailing_credit(line) if label.zone is Zone.BODY and len(own) > 1 else None
        if not stamp and credit is None:
            pieces.append(Piece(block.start, block.end, label, own))
            continue
        parts = (
            (0, stamp, Label(Zone.DATE, "crawl_stamp", 0.95)),
            (stamp, credit or len(line), label),
            (credit or len(line), len(line), Label(Zone.CREDIT, "trailing_credit", 0.95)),
        )
        pieces += [
            Piece(block.start + start, block.start + end, part, words(line[start:end]))
            for start, end, part in parts
            if start < end
        ]
    return pieces


def _with_headline(
    page: ParsedPage,
    lines: Sequence[str],
    said: Sequence[list[str]],
    labels: Sequence[Label],
    titles: Sequence[Title],
) -> list[Label]:
    """Name the lines that are the headline, and those that say a body line before the body does.

    Without a title in its markup a dump's headline is looked for among its lines, whose words are `said`.
    """
    body = [index for index, label in enumerate(labels) if label.zone is Zone.BODY]
    if not body or page.page.media == Media.BODY:
        return list(labels)
    stamps = [crawl_stamp(line) for line in lines]
    keys = [
        " ".join(words(line[stamp:]) if stamp else own) for line, stamp, own in zip(lines, stamps, said, strict=True)
    ]
    lines = [line[stamp:] for line, stamp in zip(lines, stamps, strict=True)]
    title, _ = headline(titles)
    if title is None and page.page.media == Media.TEXT:
        free = {Zone.NAV, Zone.BOILERPLATE, Zone.DATE, Zone.TITLE}
        first = next((index for index in body if lines[index].rstrip().endswith(_SENTENCE_ENDS)), body[0])
        free_lines = [
            line if label.zone in free or (label.zone is Zone.BODY and index < first) else None
            for index, (line, label) in enumerate(zip(lines, labels, strict=True))
        ]
        index = headline_line(free_lines, keys, first)
        title = lines[index] if index is not None else None
    # The heading is the headline's line even where another wording of it was chosen.
    wanted = {" ".join(words(text)) for text in [title or "", *heading_texts(titles)]} - {""}
    body_text = " ".join(keys[index] for index in body if keys[index])
    result = list(labels)
    for index, own in enumerate(keys):
        if not own:
            continue
        if any(_says_headline(own, key) for key in wanted):
            result[index] = Label(Zone.TITLE, "headline", 0.95)
        elif body[0] - HEAD_LINES <= index < body[0] and len(own) > _TEASER_CHARS and own in body_text:
            result[index] = Label(Zone.REPEAT, "said_again_below", 0.9)
    for index in range(1, body[0]):
        if result[index - 1].zone is Zone.TITLE and _may_be_standfirst(lines[index], result[index]):
            result[index] = Label(Zone.STANDFIRST, "below_headline", 0.6)
    return result


def _says_headline(line: str, title: str) -> bool:
    return line == title or (len(title) > 20 and line.endswith(title) and len(line) < len(title) + 30)


def _may_be_standfirst(line: str, label: Label) -> bool:
    """Tell whether a line below the headline that the model left out is a summary in whole sentences."""
    is_doubtful = label.zone is Zone.BOILERPLATE and label.score <= _DOUBTFUL
    return is_doubtful and len(line.split()) >= _STANDFIRST_WORDS and line.rstrip().endswith(_SENTENCE_ENDS)


def _clean_text(page: ParsedPage, pieces: Sequence[Piece]) -> _Text:
    kept = [
        (piece, paragraph)
        for piece in pieces
        if piece.label.zone in _KEPT and (paragraph := " ".join(page.text[piece.start : piece.end].split()))
    ]
    paragraphs = [paragraph for _, paragraph in kept]
    report = [paragraph for piece, paragraph in kept if piece.label.zone is Zone.BODY]
    body, report_text = "\n\n".join(paragraphs), "\n\n".join(report)
    masked = _masked(report_text)
    kept_words = [word for piece, _ in kept for word in piece.words]
    report_words = (
        words(masked)
        if masked != report_text
        else [word for piece, _ in kept if piece.label.zone is Zone.BODY for word in piece.words]
    )
    return _Text(
        paragraphs,
        body,
        words=kept_words,
        opening=next(iter(report), ""),
        # All texts of which nothing is left would be one text.
        report_words=report_words or kept_words,
    )


def _document(
    page: ParsedPage,
    pieces: Sequence[Piece],
    text: _Text,
    headline: tuple[str | None, str | None],
    credited: Sequence[Credit],
    agencies: AgencyTable,
    cleaner: Path,
) -> Document:
    others = [
        (piece.label.zone, page.text[piece.start : piece.end].strip())
        for piece in pieces
        if piece.label.zone is not Zone.BODY
    ]
    title, title_source = headline
    trailing = next((line for zone, line in others if zone is Zone.CREDIT and line.startswith("(")), None)
    dateline = read_dateline(text.opening)
    notice = next((line for zone, line in others if zone is Zone.DISCLAIMER), None)
    agency = find_agency(
        others, _above_body(page, pieces), trailing, text.opening, [one.name for one in page.authors], agencies
    )
    agency = agency or credited_agency(credited, agencies)
    language = detect(text.body)
    completeness, evidence = _completeness(page, pieces, text)
    return Document(
        kind=_kind(page, title, text, others),
        outlet_id=page.outlet_id,
        outlet_evidence=page.outlet_evidence,
        canonical_url=page.canonical_url,
        title=title,
        title_source=title_source,
        standfirst=next((line for zone, line in others if zone is Zone.STANDFIRST), None),
        body=text.body,
        body_sha256=hashlib.sha256(" ".join(text.report_words).encode()).hexdigest(),
        byline=people(credited),
        agency=agency.name if agency else None,
        agency_evidence=agency.evidence if agency else None,
        has_syndication_notice=notice is not None,
        syndication_evidence=notice,
        dateline_place=dateline.place if dateline else None,
        dateline_day=dateline.day if dateline else None,
        dateline_month=dateline.month if dateline else None,
        dateline_day_of_month=dateline.day_of_month if dateline else None,
        language=language.code,
        language_confidence=language.confidence,
        language_share=language.share,
        other_language=language.other,
        completeness=completeness,
        completeness_evidence=evidence,
        encoding=page.encoding,
        encoding_evidence=page.encoding_evidence,
        is_mojibake_repaired=page.is_mojibake_repaired,
        word_count=len(text.words),
        paragraph_count=len(text.paragraphs),
        cleaning_confidence=_confidence(pieces),
        cleaner=load_model(cleaner).version,
    )


def _outlet_names(page: ParsedPage) -> list[str]:
    site = site_of(host_of(page.canonical_url)) or ""
    return [name for name in (page.site_name, page.outlet_id, site, site.split(".")[0]) if name]


def _above_body(page: ParsedPage, pieces: Sequence[Piece]) -> list[str]:
    """Return the lines of a dump that stand between its headline and its body."""
    zones = [piece.label.zone for piece in pieces]
    if page.page.media != Media.TEXT or Zone.TITLE not in zones or Zone.BODY not in zones:
        return []
    between = pieces[zones.index(Zone.TITLE) : zones.index(Zone.BODY)]
    return [page.text[piece.start : piece.end].strip() for piece in between]


def _masked(body: str) -> str:
    """Return a body without dateline and trailing credit: what an outlet strips first must not tell copies apart."""
    dateline = DATELINE.match(body)
    body = body[dateline.end() :] if dateline else body
    return body[: trailing_credit(body)]


def _confidence(pieces: Sequence[Piece]) -> float:
    size = sum(piece.end - piece.start for piece in pieces)
    return round(sum(piece.label.score * (piece.end - piece.start) for piece in pieces) / max(1, size), 4)


def _completeness(page: ParsedPage, pieces: Sequence[Piece], text: _Text) -> tuple[str, str | None]:
    """Return (full | truncated | teaser, evidence).

    A paywall's wording alone proves nothing: many stand under full texts.
    """
    last = max((index for index, piece in enumerate(pieces) if piece.label.zone is Zone.BODY), default=-1)
    following = pieces[last + 1 : last + 1 + _PAYWALL_WINDOW]
    walls = [page.text[piece.start : piece.end].strip() for piece in following if piece.label.zone is Zone.PAYWALL]
    promise = next((wall for wall in walls if _MORE_FOLLOWS.search(wall)), None)
    if text.body.endswith(("...", "…", "[…]", "[...]")):
        kind = "teaser" if len(text.words) < _TEASER_WORDS and not walls else "truncated"
        return kind, walls[0] if walls else text.paragraphs[-1][-60:]
    if promise and len(text.words) < _SHORT_FOR_A_STORY:
        return "truncated", promise
    return "full", None


def _kind(page: ParsedPage, title: str | None, text: _Text, others: Sequence[tuple[Zone, str]]) -> str:
    types, url = page.schema_types.lower(), (page.canonical_url or "").lower()
    says_live = "liveblogposting" in types or bool(
        re.search(r"\blive\s?(?:blog|updates?|:)", f"{title or ''}", re.IGNORECASE)
    )
    if "liveblogposting" in types:
        return "live_blog"
    if says_live or "live" in re.split(r"[/_-]", url):
        lines = (*text.paragraphs, *(line for _, line in others))
        if sum(bool(_CLOCK_LINE.match(line)) for line in lines) >= _LIVE_ENTRIES:
            return "live_blog"
    if "opinion" in types or re.search(r"/(opinions?|comment|editorials?|columns?|commentisfree)/", url):
        return "opinion"
    if re.search(r"/press-?releases?/", url):
        return "press_release"
    return "wire_brief" if len(text.words) < _TEASER_WORDS else "article"


def _quarantine(page: ParsedPage, document: Document) -> tuple[Reason, str] | None:
    """Return why a page is no article, or None; nothing is turned away for the boilerplate it carries."""
    if page.page.media == Media.BODY:
        return None if document.word_count else (Reason.NO_BODY, "the row's body has no words")
    size = document.word_count
    if page.page.media == Media.HTML:
        not_an_article = _other_kind(page, size)
        if not_an_article is not None:
            return not_an_article
    if not size:
        return Reason.NO_BODY, "no run of sentences in it"
    if size < MIN_BODY_WORDS:
        return Reason.TOO_SHORT, f"{size} words of body, fewer than {MIN_BODY_WORDS}"
    return None


def _other_kind(page: ParsedPage, size: int) -> tuple[Reason, str] | None:
    """Return what an HTML page is when it is no article, by its markup and its links; None when it may be one."""
    types = page.schema_types.lower()
    is_article = "article" in types or "blogposting" in types
    if size < _TEASER_WORDS and (
        re.search(r"videoobject|og:video", types) or _VIDEO_PATH.search(page.canonical_url or "")
    ):
        return Reason.VIDEO_PAGE, f"markup or address says video, {size} words of body"
    if size < _TEASER_WORDS and "imagegallery" in types:
        return Reason.GALLERY, f"the markup says gallery, {size} words of body"
    if is_article:
        return None
    kept = [index for index, block in enumerate(page.blocks) if block.engine_share >= KEPT_BY_ENGINE]
    between = page.blocks[max(0, kept[0] - 1) : kept[-1]] if kept else []
    headlines = sum(block.link_density >= _LINKED and block.end - block.start > _HEADLINE_CHARS for block in between)
    linked = sum(block.link_density * (block.end - block.start) for block in page.blocks) / max(1, len(page.text))
    is_list = headlines >= _FRONT_HEADLINES and 2 * headlines >= len(kept) and size < _FRONT_MAX_LIST_WORDS
    if "collectionpage" in types or is_list or (size < _FRONT_MAX_BODY_WORDS and linked > _FRONT_LINKED_SHARE):
        return Reason.SECTION_FRONT, f"{headlines} linked headlines among {len(kept)} paragraphs, {size} words of body"
    return None


def clock_of(page: ParsedPage, language: str | None) -> Clock:
    """Return what a page's times are read against."""
    end_of_night = datetime.combine(page.page.night + timedelta(days=1), time())
    return Clock(page.page.fetched_at or end_of_night, page.time_zone, page.country, language)


def _stamps(page: ParsedPage) -> list[str]:
    first = page.text[page.blocks[0].start : page.blocks[0].end] if page.blocks else ""
    return [first[: crawl_stamp(first)]] if crawl_stamp(first) else []
