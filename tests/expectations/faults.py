"""Planted faults: what can go wrong with a night, as SQL that does it to a build, and what has to answer.

The statements read the victims that `probe.choose_victims` found, so they fit the tiny build as well as a real one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        kind: What a person would call it; several ways of one kind are several faults.
        stage: Where it is planted, and who is to answer: `arrived` (raw rows; gate 1), `through` (raw rows, then the
            models are built; gate 2), `contract` and `tests` (marts; their constraints, dbt's tests), `built` (marts;
            gate 2).
        expects: The expectation, or the dbt test, that has to be among those that fire.
        answer: stop or warn, the loudest that the stage has to answer with.
        plant: Statements that do it.
        needs_a_real_build: True when the tiny build is too small for it.
    """

    kind: str
    stage: str
    expects: str
    answer: str
    plant: str
    needs_a_real_build: bool = False


NIGHT = "getvariable('night')"
LONE = "article_id = getvariable('lone')"
PAGE = "page_id = getvariable('page')"

_ADD_PAGES = """
insert into raw.pages by name
select ({night})::date as night, '{name}-' || night_no || '-' || page_no as page_id, page_id as version_key,
    '{source}' as source_id, 'x' as origin, 'text' as media, 'x' as content_sha256, 1 as content_bytes,
    '{fate}' as fate, {reason} as reason
from range({nights}) as nights (night_no), range({pages}) as pages (page_no);
insert into raw.nights select night, count(*), 'd', '1' from raw.pages
where page_id like '{name}-%' and night not in (select night from raw.nights) group by night;
update raw.nights set pages = (select count(*) from raw.pages where pages.night = nights.night);
"""
_ADD_DOCUMENTS = """
insert into raw.documents by name
select night, page_id, 'article' as kind, '{source}' as outlet_id, page_id as body, page_id as body_sha256,
    false as has_syndication_notice, if({changed}, '{language}', 'en') as language,
    0.9 as language_confidence, 1.0 as language_share, 'full' as completeness, 'utf-8' as encoding,
    'utf8' as encoding_evidence, false as is_mojibake_repaired,
    if({changed}, {words}, 400) as word_count, 1 as paragraph_count, 0.9 as cleaning_confidence,
    'x' as cleaner
from raw.pages where source_id = '{source}';
insert into raw.shingles
select night, page_id, [hash(page_id)], [], [] from raw.pages where source_id = '{source}';
insert into raw.times
select night, page_id, 0, 'published', night, 'x', null, 'none', 'day', 'visible', 0.9, null, null, true, 'only one'
from raw.pages where source_id = '{source}' and (not ({changed}) or {is_dated});
insert into raw.spans
select night, page_id, 0, 0, length(page_id), 'body', true, 'x', 0.9, page_id
from raw.pages where source_id = '{source}';
insert into raw.spans
select night, page_id, 1, length(page_id), length(page_id) + length(text), 'nav', false, 'x', 0.9, text
from raw.pages cross join (select unnest([repeat('a ', {cut}), repeat('a ', 6)]) as text)
where source_id = '{source}' and ({changed}) = (length(text) <> 12);
"""


def _pages(name: str, source: str, pages: int, fate: str = "accepted", nights: int = 1, since: int = 0) -> str:
    """Statements that add pages of a source, a number of them on each of some nights that end `since` days ago."""
    return _ADD_PAGES.format(
        night=f"{NIGHT} - {since} - night_no::integer",
        name=name,
        source=source,
        fate=fate,
        reason="'too_short'" if fate == "quarantined" else "null",
        nights=nights,
        pages=pages,
    )


def _repeats(source: str, pages: int, nights: int = 1, since: int = 0) -> str:
    """Statements that add pages which repeat a sound one: they are neither quarantined nor texts."""
    added = _pages(f"again-{since}", source, pages, "already_seen", nights, since)
    return added.replace(
        "page_id as version_key",
        "(select version_key from raw.pages where page_id = getvariable('page')) as version_key",
    )


def _outlet(
    *, pages: int = 20, changed: int = 1, words: int = 400, language: str = "en", is_dated: bool = True, cut: int = 7
) -> str:
    """Statements that add an outlet with four weeks of sound nights, the last of which, `changed` many, are as told."""
    return _pages("drift", "drifting", pages, nights=28 + changed) + _ADD_DOCUMENTS.format(
        source="drifting",
        changed=f"night > {NIGHT} - {changed}",
        words=words,
        language=language,
        is_dated=is_dated,
        cut=cut,
    )


def _body(text: str) -> str:
    return f"update marts.articles set body = body || chr(10) || chr(10) || '{text}' where {LONE}"


def _article_like(article: str, body: str, many: int = 1) -> str:
    """A statement that adds articles whose bodies are made from another's."""
    return (
        "insert into marts.articles by name select article_id || '-' || number as article_id, reference_page_id, "
        f"first_outlet_id, {body} as body, first_night, articles.* exclude (article_id, reference_page_id, "
        f"first_outlet_id, body, first_night) from marts.articles cross join range({many}) as again (number) "
        f"where article_id = getvariable('{article}')"
    )


# Every article becomes one of tonight: what is judged by its share needs some.
_ALL_TONIGHT = f"update raw.pages set night = {NIGHT}; update raw.documents set night = {NIGHT};"
_TEASER = "'Zwickau Ballet Cancels Premiere Amid Plumbing Dispute ' || article_id"
# Four clauses, which would be four words if a word were whatever stands between signs.
_CHINESE = (
    "霍尔姆与小斯凯里之间的夜间渡轮将于周一恢复航行，港务委员会在船尾坡道修理一周之后宣布了这一消息。"
    "潜水员在例行检查中发现一处铰链开裂，当晚该船即被停用，约四百名通勤者只得改乘较慢的日间船只。"
)


def _edited(every: int) -> str:
    """A body with each word of some number replaced by another that it has nowhere else."""
    return (
        f"array_to_string(list_transform(string_split(body, ' '), lambda word, number : "
        f"if(number % {every} = 0, 'amended' || number, word)), ' ')"
    )


def _split(body: str) -> str:
    """Statements that make an article of its own of the reprint, in every table, as a builder that missed it would."""
    return (
        "insert into marts.articles by name select 'a-split' as article_id, getvariable('reprint') as reference_page_id, "
        f"{body} as body, 1 as publications, 0 as copies, 1 as outlets, articles.* exclude (article_id, "
        "reference_page_id, body, publications, copies, outlets) from marts.articles "
        "where article_id = getvariable('reprinted');"
        "update marts.publications set article_id = 'a-split', copy_order = 1 where page_id = getvariable('reprint');"
        "update marts.page_fates set article_id = 'a-split' where page_id = getvariable('reprint');"
        "update marts.mentions set article_id = 'a-split' where page_id = getvariable('reprint');"
        "update marts.copies set article_id = 'a-split', reference_page_id = copy_id, kind = 'reference' "
        "where copy_id = getvariable('reprint');"
        "update marts.articles set publications = publications - 1, copies = copies - 1, outlets = ("
        "select count(distinct outlet_id) from marts.publications where article_id = getvariable('reprinted')) "
        "where article_id = getvariable('reprinted')"
    )


def _arrived(kind: str, expects: str, answer: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "arrived", expects, answer, plant) for plant in plants]


def _built(kind: str, expects: str, answer: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "built", expects, answer, plant) for plant in plants]


def _large(kind: str, expects: str, answer: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "built", expects, answer, plant, needs_a_real_build=True) for plant in plants]


def _through(kind: str, expects: str, answer: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "through", expects, answer, plant, needs_a_real_build=True) for plant in plants]


def _tests(kind: str, expects: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "tests", expects, "stop", plant, needs_a_real_build=True) for plant in plants]


def _contract(kind: str, expects: str, *plants: str) -> list[Fault]:
    return [Fault(kind, "contract", expects, "stop", plant, needs_a_real_build=True) for plant in plants]


ARRIVED = [
    *_arrived("night without its ledger row", "the_night_stands_once_in_the_ledger", "stop",
        f"delete from raw.nights where night = {NIGHT}"),
    *_arrived("double-loaded night", "the_night_stands_once_in_the_ledger", "stop",
        f"insert into raw.nights from raw.nights where night = {NIGHT}"),
    *_arrived("double-loaded table", "every_key_of_the_raw_layer_stands_once", "stop",
        "insert into raw.pages from raw.pages",
        "insert into raw.documents from raw.documents",
        "insert into raw.quotes from raw.quotes",
        "insert into raw.spans from raw.spans",
        f"insert into raw.shingles by name select {NIGHT} as night, getvariable('page') as page_id, [5] as shingles, "
        "[] as number_places, [] as numbers from range(2)"),
    *_arrived("lost page", "pages_equal_what_the_sources_offered", "stop",
        "delete from raw.pages where page_id = getvariable('quarantined')"),
    *_arrived("lost night before", "pages_equal_what_the_sources_offered", "stop",
        f"delete from raw.nights where night <> {NIGHT}"),
    *_arrived("page without a fate", "every_page_has_one_known_fate", "stop",
        "update raw.pages set fate = 'skipped' where page_id = getvariable('quarantined')"),
    *_arrived("quarantined without a known reason", "every_quarantined_page_says_why", "stop",
        "update raw.pages set reason = null where page_id = getvariable('quarantined')",
        "update raw.pages set reason = 'bad luck' where page_id = getvariable('quarantined')"),
    *_arrived("accepted page with a reason against it", "every_quarantined_page_says_why", "stop",
        f"update raw.pages set reason = 'too_short' where {PAGE}"),
    *_arrived("accepted page without a text", "every_accepted_page_has_one_document", "stop",
        "delete from raw.documents where page_id = getvariable('reprint')"),
    *_arrived("text of another page", "every_accepted_page_has_one_document", "stop",
        "update raw.documents set page_id = getvariable('quarantined') where page_id = getvariable('reprint')"),
    *_arrived("rows of a page that is not there", "every_row_belongs_to_a_page_of_its_night", "stop",
        f"insert into raw.terms by name select {NIGHT} as night, 'gone' as page_id, 'ferry' as term, 0 as title_count, "
        "1 as body_count",
        f"update raw.spans set page_id = 'gone' where {PAGE}"),
    *_arrived("names of a page that was turned away", "every_row_belongs_to_a_page_of_its_night", "stop",
        "update raw.mentions set page_id = getvariable('quarantined')"),
    *_arrived("hole in the ledger of spans", "spans_tile_the_text_without_gap_or_overlap", "stop",
        f"delete from raw.spans where {PAGE} and span_no = 0"),
    *_arrived("overlapping spans", "spans_tile_the_text_without_gap_or_overlap", "stop",
        "update raw.spans set start_offset = start_offset - 1, text = ' ' || text where span_no = 1"),
    *_arrived("span that is longer than its offsets", "spans_tile_the_text_without_gap_or_overlap", "stop",
        f"update raw.spans set text = text || 'x' where {PAGE}"),
    *_arrived("span that starts late", "spans_tile_the_text_without_gap_or_overlap", "stop",
        f"update raw.spans set start_offset = 3 where span_no = 0 and night = {NIGHT}"),
    *_arrived("body from nowhere", "every_accepted_page_keeps_the_text_it_was_cut_from", "stop",
        f"update raw.spans set is_kept = false where {PAGE}"),
    *_arrived("body cut short after the ledger was written", "a_body_is_made_of_its_kept_spans", "warn",
        f"update raw.documents set body = body[:90] where {PAGE}; delete from raw.role_claims; delete from raw.mentions; delete from raw.quotes"),
    *_arrived("words in a body that no span holds", "a_body_is_made_of_its_kept_spans", "warn",
        f"update raw.documents set body = body || ' Already a member?' where {PAGE}"),
    *_arrived("paragraphs in another order", "a_body_is_made_of_its_kept_spans", "warn",
        f"update raw.documents set body = body[200:] || body[:199] where {PAGE}; delete from raw.role_claims; delete from raw.mentions;"
        "delete from raw.quotes"),
    *_arrived("cut piece left in the body", "nothing_that_was_cut_stands_in_the_body", "warn",
        "update raw.documents set body = body || chr(10) || cut.text from (select page_id, min(trim(text)) as text from "
        "raw.spans where not is_kept and zone in ('nav', 'related', 'about') and length(trim(text)) >= 80 group by page_id) as cut "
        "where documents.page_id = cut.page_id"),
    *_arrived("quotation at the wrong place", "quotations_and_names_stand_at_their_offsets", "stop",
        "update raw.quotes set start_offset = start_offset + 1"),
    *_arrived("name in the wrong zone", "quotations_and_names_stand_at_their_offsets", "stop",
        "update raw.mentions set zone = 'title' where zone = 'body'",
        "update raw.mentions set zone = 'quote'"),
    *_arrived("names read from the furniture", "names_are_only_read_in_kept_zones", "stop",
        "update raw.mentions set zone = 'trending'",
        "update raw.mentions set zone = 'caption', span_no = 0"),
    *_arrived("clock in the future", "no_page_is_published_after_it_was_fetched", "stop",
        "update raw.times set value_at = value_at + interval 2 day where is_chosen",
        "update raw.times set value_at = '2099-01-05'; update raw.pages set fetched_at = null"),
    *_arrived("wrong zone of an outlet", "no_page_is_published_after_it_was_fetched", "stop",
        "update raw.times set value_at = (select max(fetched_at) from raw.pages) + interval 2 hour, "
        "zone_evidence = 'outlet' where is_chosen"),
    *_arrived("two published times", "at_most_one_time_of_a_kind_is_chosen", "stop",
        "insert into raw.times select * replace (time_no + 50 as time_no) from raw.times where is_chosen"),
    *_arrived("two headlines", "at_most_one_title_is_chosen", "stop",
        f"insert into raw.titles select {NIGHT}, getvariable('page'), 90 + range, 'heading', 'Ferry', 'Ferry', true, 'x' "
        "from range(2)"),
    *_arrived("seen page that repeats nothing", "every_already_seen_page_repeats_another", "stop",
        "update raw.pages set fate = 'already_seen', reason = null where page_id = getvariable('quarantined')"),
    *_arrived("scores in per cent", "every_score_lies_between_nought_and_one", "stop",
        f"update raw.spans set score = 90 where {PAGE}",
        "update raw.documents set cleaning_confidence = 'nan'"),
    *_arrived("texts that cannot be told apart", "every_accepted_text_can_be_compared", "stop",
        f"update raw.documents set body_sha256 = sha256('') where {PAGE}",
        f"update raw.shingles set shingles = [] where {PAGE}",
        f"delete from raw.shingles where {PAGE}"),
    *_arrived("blank body", "no_accepted_body_is_blank", "stop",
        f"update raw.documents set body = ' — ' where {PAGE}"),
    *_arrived("swapped columns", "every_score_lies_between_nought_and_one", "stop",
        "update raw.documents set cleaning_confidence = word_count, word_count = cleaning_confidence::bigint"),
    *_arrived("title and body swapped", "a_body_is_made_of_its_kept_spans", "stop",
        "update raw.documents set title = body, body = title where title is not null"),
    *_arrived("wrong encoding", "no_body_shows_a_wrong_encoding", "warn",
        "update raw.documents set body = replace(body, 'said', 'Ã©tait'), is_mojibake_repaired = true;"
        "delete from raw.role_claims; delete from raw.mentions; delete from raw.quotes",
        "update raw.documents set body = replace(body, 'said', 'sa' || chr(65533)), is_mojibake_repaired = true;"
        "delete from raw.role_claims; delete from raw.mentions; delete from raw.quotes"),
    *_arrived("many pages quarantined", "few_pages_are_quarantined", "warn", _pages("bad", "odd", 60, "quarantined") + _repeats("odd", 60)),
    *_arrived("nearly all pages quarantined", "quarantine_does_not_swallow_the_night", "stop",
        _pages("bad", "odd", 300, "quarantined")),
    *_arrived("source that fell silent", "no_source_or_outlet_falls_silent", "warn",
        _pages("old", "fell silent", 10, "quarantined", nights=28, since=1)),
    *_arrived("small source that fell silent", "no_source_or_outlet_falls_silent", "warn",
        _pages("old", "five a night", 5, "quarantined", nights=28, since=3) + _repeats("odd", 60, nights=3),
        _pages("old", "two a night", 2, "quarantined", nights=28, since=6) + _repeats("odd", 60, nights=6)),
    *_arrived("archive dumped into one night", "every_source_and_outlet_is_as_full_as_it_was", "warn",
        _pages("old", "flooded", 10, "quarantined", nights=28, since=1) + _repeats("flooded", 70)),
    *_arrived("crawl that was broken off", "every_source_and_outlet_is_as_full_as_it_was", "warn",
        _repeats("cut off", 40, nights=28, since=1) + _repeats("cut off", 4)),
    *_arrived("outlet that went missing", "no_source_or_outlet_falls_silent", "warn",
        _outlet() + _repeats("odd", 60) + "delete from raw.documents where outlet_id = 'drifting' and night = getvariable('night');"
        "delete from raw.times where page_id like 'drift-0%'; delete from raw.spans where page_id like 'drift-0%';"
        "delete from raw.shingles where page_id like 'drift-0%';"
        "update raw.pages set fate = 'quarantined', reason = 'no_body' where page_id like 'drift-0-%'"),
    *_arrived("one source turned away", "no_more_is_quarantined_than_usual", "warn",
        _repeats("closing", 20, nights=28, since=1) + _pages("bad", "closing", 20, "quarantined") + _repeats("odd", 60)),
    *_arrived("truncated bodies of one outlet", "bodies_are_as_long_as_they_were", "warn", _outlet(words=90)),
    *_arrived("furniture kept at one outlet", "as_much_is_cut_as_usual", "warn", _outlet(cut=1)),
    *_arrived("extractor regression on one outlet", "as_much_is_cut_as_usual", "warn", _outlet(cut=60, words=60)),
    *_arrived("truncated bodies of a small outlet", "bodies_are_as_long_as_they_were", "warn",
        _outlet(pages=2, changed=7, words=40), _outlet(pages=5, changed=5, words=90)),
    *_arrived("furniture kept at a small outlet", "as_much_is_cut_as_usual", "warn",
        _outlet(pages=2, changed=7, cut=1), _outlet(pages=5, changed=6, cut=1)),
    *_arrived("small outlet whose dates are lost", "as_many_pages_are_dated_as_usual", "warn",
        _outlet(pages=2, changed=4, is_dated=False), _outlet(pages=5, changed=3, is_dated=False)),
    *_arrived("outlet in another language", "every_outlet_keeps_its_language", "warn", _outlet(language="de")),
    *_arrived("outlet whose dates are lost", "as_many_pages_are_dated_as_usual", "warn", _outlet(is_dated=False)),
]  # fmt: skip

BUILT = [
    *_built("template variables left in a body", "no_body_carries_template_variables", "warn",
        _body("You have {{free_limit}} left."), _body("Hello ${reader.name}, welcome")),
    *_built("tags and entities left in a body", "no_body_carries_markup", "warn",
        _body("The council<br />meets"), _body("Renn &amp; Sons")),
    *_built("paywall left in a body", "no_body_asks_to_subscribe", "warn",
        _body("Subscribe now to continue reading"), _body("Already a member? Cancel anytime."),
        _body("Become a member to read on"), _body("Log in or register")),
    *_built("paywall in another language left in a body", "no_body_asks_to_subscribe", "warn",
        _body("Dieser Artikel ist nur für Abonnenten zugänglich."), _body("Jetzt weiterlesen"),
        _body("Cet article est réservé à nos abonnés. Déjà abonné ?"),
        _body("Suscríbete para seguir leyendo"), _body("Contenuto per pochi. Sei già abbonato?"),
        _body("Conteúdo exclusivo para assinantes"), _body("Dit artikel is alleen voor abonnees")),
    *_built("price list left in a body", "no_body_lists_prices_of_plans", "warn",
        _body("Digital: $9.99/month"), _body("Choose your plan. ₹149 per month")),
    *_built("price list in another language left in a body", "no_body_lists_prices_of_plans", "warn",
        _body("Digital: 9,99 € pro Monat"), _body("Formule numérique à 4,90 €/mois"), _body("Solo 5 euros al mes")),
    *_built("menu left in a body", "no_body_carries_menu_lines", "warn",
        _body("Privacy Policy"), _body("Home | Politics | Harbour | Sport | Weather | Archive")),
    *_built("menu in another language left in a body", "no_body_carries_menu_lines", "warn",
        _body("Datenschutzerklärung"), _body("Mentions légales"), _body("Quiénes somos"), _body("Note legali")),
    *_built("call to action left in a body", "no_body_calls_its_reader_to_act", "warn",
        _body("Follow us on Facebook"), _body("Sign up for our daily newsletter"),
        _body("* Share this on Facebook"), _body("Twitter | WhatsApp | Email | Print"), _body("Load more comments (12)")),
    *_built("call to action in another language left in a body", "no_body_calls_its_reader_to_act", "warn",
        _body("Bestellen Sie unseren täglichen Newsletter"), _body("Suivez-nous sur Facebook"),
        _body("Compartir en Twitter"), _body("Schrijf je in voor onze nieuwsbrief")),
    *_built("teaser heading left in a body", "no_body_carries_teasers_of_other_pages", "warn",
        _body("Also read: Ten pies for autumn"), _body("Trending"),
        _body("### Recommended for you"), _body("More from the Valley Echo"), _body("Marit Ekholm 4 min read")),
    *_built("teaser heading in another language left in a body", "no_body_carries_teasers_of_other_pages", "warn",
        _body("Lesen Sie auch: Zehn Kuchen für den Herbst"), _body("À lire aussi : dix tartes pour cet automne"),
        _body("Te puede interesar"), _body("Leggi anche: dieci torte"), _body("Leia também")),
    *_built("notice of the site left in a body", "no_body_carries_notices_of_the_site", "warn",
        _body("© 2026 Valley Echo. All rights reserved."),
        _body("Image source, Valley Echo"), _body("We may earn commission from links on this page."),
        _body("This story has not been edited by our staff and comes from a syndicated feed.")),
    *_built("notice in another language left in a body", "no_body_carries_notices_of_the_site", "warn",
        _body("Alle Rechte vorbehalten."), _body("Tous droits réservés"), _body("Utilizamos cookies propias y de terceros"),
        _body("Anzeige")),
    *_built("template that the cleaner does not know", "few_bodies_carry_residue", "stop",
        f"update raw.pages set night = {NIGHT}; update marts.articles set body = body || ' &nbsp; <br>'"),
    *_built("same sentence in unrelated bodies of an outlet", "no_sentence_repeats_across_an_outlets_bodies", "warn",
        "update marts.articles set first_outlet_id = getvariable('outlet'), "
        "body = body || chr(10) || 'Our reporters in the valley can be reached all day.'"),
    *_built("same sentence without spaces in unrelated bodies of an outlet",
        "no_sentence_repeats_across_an_outlets_bodies", "warn",
        "update marts.articles set first_outlet_id = getvariable('outlet'), "
        "body = body || chr(10) || article_id || '的消息。本报记者整天都可以联系。' || article_id"),
    *_large("same button in every body of an outlet", "no_short_line_recurs_across_an_outlets_bodies", "warn",
        _ALL_TONIGHT + "update marts.articles set first_outlet_id = getvariable('outlet'), "
        "body = body || chr(10) || 'Hand this to a neighbour' || chr(10) || 'Written for ' || article_id || '.'"),
    *_large("same person under every body of an outlet", "no_name_closes_an_outlets_bodies_on_any_subject", "warn",
        _ALL_TONIGHT + "update marts.articles set first_outlet_id = getvariable('outlet'), "
        "body = body || chr(10) || chr(10) || 'Questions? Ask Ottoline Vance.'"),
    *_large("slogan above every body of an outlet", "no_line_opens_an_outlets_bodies_on_any_subject", "warn",
        _ALL_TONIGHT + "update marts.articles set first_outlet_id = getvariable('outlet'), "
        "body = 'Valley Echo, close to you' || chr(10) || chr(10) || body"),
    *_large("teasers under the bodies", "few_bodies_end_on_other_subjects", "warn",
        _ALL_TONIGHT + f"update marts.articles set body = body || chr(10) || chr(10) || {_TEASER}"),
    *_large("furniture left in the bodies of one outlet", "no_outlet_carries_residue_often", "warn",
        _ALL_TONIGHT + "update marts.articles set first_outlet_id = getvariable('outlet'), "
        f"body = body || chr(10) || chr(10) || {_TEASER}"),
    *_built("duplicate group split", "no_two_articles_are_one_text", "stop", _split("replace(body, ' said', ' told us')")),
    *_built("one text left apart many times", "no_two_articles_are_one_text", "stop",
        _article_like("reprinted", "replace(body, '. ', '. ' || number || ' ')", 60)),
    *_built("text without spaces left apart", "no_two_articles_are_one_text", "stop",
        f"update marts.articles set body = '{_CHINESE}' where article_id = getvariable('reprinted');"
        + _article_like("reprinted", "replace(body, '四百', '五百')")),
    *_built("exact copy left apart", "no_two_articles_have_the_same_letters", "stop",
        "update marts.articles set body = (select repeat('* ', 200) || upper(replace(body, ',', ' –')) from marts.articles "
        f"where article_id = getvariable('older')) where {LONE}", _split("upper(body)")),
    *_built("longer version left apart", "no_two_articles_are_one_text", "stop",
        _split("array_to_string(string_split(body, ' ')[:(len(string_split(body, ' ')) * 0.58)::bigint], ' ')")),
    *_large("excerpt left apart", "no_article_is_contained_in_another", "warn",
        _split("array_to_string(string_split(body, ' ')[:50], ' ')")),
    *_built("lightly edited copy left apart", "no_two_articles_resemble_each_other", "warn",
        _split(_edited(every=12))),
    *_large("very lightly edited copy left apart", "no_two_articles_resemble_each_other", "warn",
        _split(_edited(every=20))),
    *_built("two groups merged", "every_copy_shares_text_with_its_reference", "stop",
        "update marts.copies set reference_page_id = getvariable('page'), article_id = getvariable('lone') "
        "where copy_id = getvariable('reprint')"),
    *_built("older group with a reference of tonight", "every_copy_shares_text_with_its_reference", "stop",
        f"update raw.pages set night = {NIGHT} - 1 "
        "where page_id in (select copy_id from marts.copies where article_id = getvariable('reprinted'));"
        "update marts.copies set reference_page_id = getvariable('page') where copy_id = getvariable('reprint')"),
    *_built("copy of a text that is gone", "every_copy_shares_text_with_its_reference", "stop",
        "update marts.copies set reference_page_id = 'x' where copy_id = getvariable('reprint')"),
    *_built("article that nobody published", "no_article_is_without_a_publication", "stop",
        f"delete from marts.publications where {LONE}"),
    *_built("article that miscounts its carriers", "every_article_counts_its_own_carriers", "stop",
        "update marts.articles set publications = publications + 1 where article_id = getvariable('reprinted')",
        "update marts.articles set outlets = outlets + 1 where article_id = getvariable('reprinted')",
        "update marts.articles set copies = copies + 1 where article_id = getvariable('reprinted')"),
    *_built("lost copy", "articles_and_extra_copies_add_up", "stop",
        "delete from marts.copies where copy_id = getvariable('reprint')"),
    *_built("article without its reference", "articles_and_extra_copies_add_up", "stop",
        "update marts.copies set kind = 'near' where copy_id = getvariable('page')"),
    *_built("wrong first", "the_first_of_the_known_is_first", "warn",
        "update marts.publications set published_at = '2026-01-01 12:00:00' "
        "where article_id = getvariable('reprinted');"
        "update marts.publications set published_at = '2025-12-05 12:00:00' where article_id = getvariable('reprinted') "
        "and copy_order = (select max(copy_order) from marts.publications where article_id = getvariable('reprinted'))"),
    *_built("page lost in the models", "every_page_that_arrived_has_one_fate", "stop",
        "delete from marts.page_fates where page_id = getvariable('quarantined')"),
    *_built("page with two fates", "every_page_that_arrived_has_one_fate", "stop",
        f"insert into marts.page_fates from marts.page_fates where {PAGE}"),
    *_built("fate of a page that never came", "every_page_that_arrived_has_one_fate", "stop",
        "delete from raw.pages where page_id = getvariable('quarantined')"),
    *_built("accepted page in no article", "every_accepted_page_is_a_copy_of_one_article", "stop",
        "delete from marts.copies where copy_id = getvariable('reprint')"),
    *_built("page in two articles", "every_accepted_page_is_a_copy_of_one_article", "stop",
        "insert into marts.copies by name select * replace (getvariable('lone') as article_id) from marts.copies "
        "where copy_id = getvariable('reprint')"),
    *_built("balance that does not close", "every_night_balances", "stop",
        f"update marts.run_balance set accepted = 2 where night = {NIGHT}",
        "update marts.page_fates set fate = 'lost' where page_id = getvariable('quarantined')"),
    *_built("night missing from the balance", "every_night_balances", "stop",
        "delete from marts.run_balance where night = (select min(night) from raw.nights)"),
    *_built("build of yesterday", "the_build_knows_every_night", "stop",
        "update marts.build_info set latest_night = latest_night - 1", "delete from marts.build_info"),
    *_built("mention in a zone that was cut", "names_stand_only_in_kept_zones", "stop",
        "update marts.mentions set zone = 'related'",
        "update marts.mentions set zone = 'caption'"),
    *_built("mention of a name that is not there", "names_stand_only_in_kept_zones", "stop",
        "update marts.mentions set surface = 'Donald Tusk'"),
    *_built("crawl date taken for the publication date", "no_publication_is_dated_by_its_fetch", "stop",
        "update marts.publications set fetched_at = coalesce(fetched_at, '2026-01-05 22:00:00');"
        "update marts.publications set published_at = fetched_at"),
    *_built("old story name that leads nowhere", "every_old_story_name_leads_to_a_living_story", "stop",
        "delete from marts.stories where story_id = "
        "(select story_id from marts.story_articles where article_id = getvariable('older'))",
        "insert into intermediate.int_names_given by name select * replace ('s-lost' as story_id, 'a-lost' as article_id) "
        "from intermediate.int_names_given where page_id = getvariable('page')"),
    *_built("last year's ritual in this year's story", "no_story_pauses_for_a_season", "warn",
        "update marts.story_articles set story_id = "
        "(select story_id from marts.story_articles where article_id = getvariable('older')) where article_id = getvariable('lone');"
        "update marts.articles set published_date = '2024-01-04' where article_id = getvariable('older')"),
    *_built("top grade for a text that was cut short", "no_article_is_graded_too_well", "stop",
        f"update marts.articles set title = null, grade = 'A' where {LONE}"),
]  # fmt: skip

CONTRACT = [
    *_contract("null key", "not null",
        "insert into marts.articles by name select * replace (null as article_id) from marts.articles limit 1"),
    *_contract("double row", "primary key", f"insert into marts.articles from marts.articles where {LONE}"),
    *_contract("dangling entity", "foreign key",
        "insert into marts.article_entities by name select * replace ('e-none' as entity_id) from marts.article_entities limit 1"),
    *_contract("membership of a story that is not there", "foreign key",
        "insert into marts.story_articles by name select * replace ('s-none' as story_id, 'a-none' as article_id) "
        "from marts.story_articles limit 1"),
    *_contract("copy of an article that is not there", "foreign key",
        "insert into marts.copies by name select * replace ('a-none' as article_id, 'p-none' as copy_id) "
        "from marts.copies limit 1"),
    *_contract("article without a body", "not null", f"update marts.articles set body = null where {LONE}"),
]  # fmt: skip

TESTS = [
    *_tests("article in no story", "every_article_stands_in_one_story", f"delete from marts.story_articles where {LONE}"),
    *_tests("article in two stories", "every_article_stands_in_one_story",
        "insert into marts.story_articles by name select * replace (getvariable('lone') as article_id) "
        "from marts.story_articles where article_id = getvariable('older')"),
    *_tests("event in another story", "an_event_belongs_to_the_story_of_its_articles",
        "update marts.events set story_id = (select max(story_id) from marts.stories)"),
    *_tests("story that miscounts its articles", "every_article_stands_in_one_story",
        "update marts.stories set articles = articles + 1"),
    *_tests("entity that miscounts its mentions", "entities_count_their_mentions",
        "update marts.entities set mentions = mentions + 1"),
    *_tests("entity that miscounts its articles", "entities_count_their_mentions",
        "update marts.entities set articles = articles + 1"),
    *_tests("unknown kind of copy", "copies_kind_is_known",
        "update marts.copies set kind = 'twin' where copy_id = getvariable('reprint')"),
    *_tests("unknown grade", "articles_grade_is_known", f"update marts.articles set grade = 'G' where {LONE}"),
    *_tests("quarantined page with an article", "only_accepted_pages_have_an_article",
        "update marts.page_fates set article_id = getvariable('lone') where page_id = getvariable('quarantined')"),
    *_tests("article dated by a later reprint", "an_article_is_dated_by_its_earliest_publication",
        "update marts.articles set published_date = published_date + 1, published_at = published_at + interval 1 day "
        "where article_id = getvariable('reprinted')"),
    *_tests("lent day that claims a minute", "no_inherited_day_claims_a_minute",
        f"update marts.articles set published_source = 'inherited' where {LONE}"),
    *_tests("reference that is no copy of its article", "every_article_has_one_reference",
        f"update marts.articles set reference_page_id = getvariable('reprint') where {LONE}"),
    *_tests("old name that nobody lists", "every_old_article_resolves",
        "insert into intermediate.int_names_given by name select * replace ('a-lost' as article_id, 's-lost' as story_id) "
        "from intermediate.int_names_given where page_id = getvariable('page')"),
]  # fmt: skip

# Planted together, into pages of their own: the models are built over them once, and gate 2 has to see each.
THROUGH = [
    *_through("paywall kept by the cleaner", "no_body_asks_to_subscribe", "warn",
        f"update raw.documents set body = body || chr(10) || chr(10) || 'Subscribe now to continue reading' where {PAGE}"),
    *_through("copy whose fingerprints are lost", "no_two_articles_are_one_text", "stop",
        "insert into raw.pages by name select * replace ('p-lost' as page_id, 'v-lost' as version_key, null as url) "
        "from raw.pages where page_id = getvariable('reprint');"
        "insert into raw.documents by name select * replace ('p-lost' as page_id, 'x' as body_sha256, null as canonical_url, "
        "replace(body, ' said', ' told us') as body) from raw.documents where page_id = getvariable('reprint');"
        "insert into raw.shingles by name select * replace ('p-lost' as page_id, [] as shingles, [] as number_places, "
        "[] as numbers) from raw.shingles where page_id = getvariable('reprint');"
        f"update raw.nights set pages = pages + 1 where night = {NIGHT}"),
    *_through("time of the request read as published", "no_publication_is_dated_by_its_fetch", "stop",
        "update raw.pages set fetched_at = '2026-01-08 21:00:00' where page_id = "
        "(select reference_page_id from marts.articles where article_id = getvariable('older'));"
        "update raw.times set value_at = '2026-01-08 21:00:00', precision = 'instant' where is_chosen and page_id = "
        "(select reference_page_id from marts.articles where article_id = getvariable('older'))"),
    *_through("names of the menu read as the body's", "names_stand_only_in_kept_zones", "stop",
        f"update raw.mentions set surface = 'Subscribe Now' where {PAGE}"),
    *_through("night loaded behind the back of the ledger", "every_night_balances", "stop",
        "update raw.nights set pages = pages + 1 where night = (select max(night) from raw.nights)"),
]  # fmt: skip

ALL = [*ARRIVED, *CONTRACT, *TESTS, *BUILT]
