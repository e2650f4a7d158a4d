"""Offices that a text gives to people: "Russian President Vladimir Putin", "Ana Sol, the mayor of Tarn". Pure.

An office is a claim of the text and no name: captions err, holders change, and two texts may disagree. Only claims that
say of which country or organisation are read; "President Putin" alone says nothing that could be wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.model import Mention, RoleClaim
from extract.names.agreement import ZoneText
from extract.names.offices import ROLE, role_of

_WINDOW = (
    60  # characters between the names of an office and of who holds it; "the Minister of Foreign Affairs of " has 38
)
_GONE = "former|ex|late|ousted|outgoing|acting|interim|onetime"
_PAST = rf"(?P<past>(?:{_GONE}|then)[ -]\s*)?"
# Right before a country or organisation: "the acting " US president. "Then Russian President" only begins a sentence.
_PAST_OF_PLACE = re.compile(rf"(?<!\w)(?:(?i:{_GONE})[ -]|then[ -]|Then-)\s*\Z")
_POSSESSIVE = r"(?:['’]s?)?"
_ARTICLE = r"(?:the |its |a )?"
# Between a country (or organisation) and a person, in this order: "Russia's former president, ", " President ".
_AFTER_PLACE = re.compile(
    rf"{_POSSESSIVE} (?:(?:first|new|current) )?{_PAST}{ROLE},? (?:(?:mr|mrs|ms|dr)\.? )?", re.IGNORECASE
)
# The office before its country, which stands right before the person: "President of the " France " ".
_BEFORE_PLACE = re.compile(rf"(?:^|.*[^\w-]){_PAST}{ROLE} (?:of|for) {_ARTICLE}$", re.IGNORECASE | re.DOTALL)
_PLACE_TO_PERSON = re.compile(r",? ")
# Behind a person: "Ana Sol, the former mayor of " Tarn.
_BEHIND = re.compile(rf",? (?:who is )?{_ARTICLE}{_PAST}{ROLE} (?:of|for) {_ARTICLE}", re.IGNORECASE)
# "President " Vladimir Putin " of " Russia.
_TITLE_BEFORE = re.compile(rf"(?:^|.*[^\w-]){_PAST}{ROLE}s? $", re.IGNORECASE | re.DOTALL)
_OF_PLACE = re.compile(r" of (?:the )?", re.IGNORECASE)
# "Putin, " Russia "'s president," or "Putin, the " Russian " president,".
_TO_PLACE = re.compile(r", (?:the )?", re.IGNORECASE)
_AND_ROLE = re.compile(rf"{_POSSESSIVE} {_PAST}{ROLE}(?=\s*[,.;)]|$)", re.IGNORECASE)


class _Office(NamedTuple):
    role: str
    is_current: bool


def find_roles(zones: Sequence[ZoneText], mentions: Sequence[Mention]) -> list[RoleClaim]:
    """Return the claims of a document, in order of the person's mentions.

    Args:
        zones: what the names were read in.
        mentions: the document's names, those of a zone in their order.
    """
    texts = {(zone.zone, zone.span_no): zone.text for zone in zones}
    by_zone: defaultdict[tuple[str, int | None], list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_zone[mention.zone, mention.span_no].append(mention)
    claims: list[RoleClaim] = []
    for place, own in by_zone.items():
        text = texts[place]
        for number, person in enumerate(own):
            if person.entity_type != "PER":
                continue
            before = own[number - 1] if number else None
            behind = own[number + 1] if number + 1 < len(own) else None
            for office, holder_of, start, end in _claims(text, before, person, behind):
                if holder_of.country_code or holder_of.entity_type in ("ORG", "LOC"):
                    claims.append(_claim(len(claims), text, person, office, holder_of, start, end))
    return claims


def _claims(
    text: str, before: Mention | None, person: Mention, behind: Mention | None
) -> Iterator[tuple[_Office, Mention, int, int]]:
    """Yield (office, whose, start, end) of what a text says of one mention of a person; the first that fits."""
    if before is not None and before.entity_type != "PER" and person.start_offset - before.end_offset <= _WINDOW:
        between = (before.end_offset, person.start_offset)
        if found := _AFTER_PLACE.fullmatch(text, *between):
            opening = max(0, before.start_offset - _WINDOW)
            past = _PAST_OF_PLACE.search(text, opening, before.start_offset)
            office = _office(found)
            yield (
                _Office(office.role, office.is_current and past is None),
                before,
                past.start() if past else before.start_offset,
                person.end_offset,
            )
            return
        if _PLACE_TO_PERSON.fullmatch(text, *between):
            opening = max(0, before.start_offset - _WINDOW)
            if found := _BEFORE_PLACE.match(text, opening, before.start_offset):
                yield _office(found), before, _start(found), person.end_offset
                return
    if behind is None or behind.entity_type == "PER" or behind.start_offset - person.end_offset > _WINDOW:
        return
    between = (person.end_offset, behind.start_offset)
    if found := _BEHIND.fullmatch(text, *between):
        yield _office(found), behind, person.start_offset, behind.end_offset
    elif _OF_PLACE.fullmatch(text, *between):
        opening = max(0, person.start_offset - _WINDOW)
        if found := _TITLE_BEFORE.match(text, opening, person.start_offset):
            yield _office(found), behind, _start(found), behind.end_offset
    elif _TO_PLACE.fullmatch(text, *between) and (found := _AND_ROLE.match(text, behind.end_offset)):
        yield _office(found), behind, person.start_offset, found.end()


def _start(found: re.Match[str]) -> int:
    """Return where an office begins in a match that may have more before it."""
    starts = [found.start(name) for name, value in found.groupdict().items() if value is not None]
    return min(starts)


def _office(found: re.Match[str]) -> _Office:
    return _Office(role_of(found), not (found["past"] or found["elect"]))


def _claim(
    number: int, text: str, person: Mention, office: _Office, holder_of: Mention, start: int, end: int
) -> RoleClaim:
    return RoleClaim(
        claim_no=number,
        mention_no=person.mention_no,
        zone=person.zone,
        span_no=person.span_no,
        start_offset=start,
        end_offset=end,
        text=text[start:end],
        role=office.role,
        is_current=office.is_current,
        country_code=holder_of.country_code,
        organisation_key=None if holder_of.country_code else holder_of.resolved_key,
    )
