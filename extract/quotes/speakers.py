"""Who said a quotation, read from the words around it. An unknown speaker is an answer; a guess is none."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.model import Mention
from extract.quotes.marks import Utterance
from extract.quotes.persons import is_somebody_else, may_be, stands_for_one
from extract.quotes.saying import Lexicon, is_source, speaker_may_follow

_SPEAKER_TYPES = frozenset({"PER", "ORG", "LOC"})
_WINDOW = 250  # characters before or after a quotation in which its sentence names the speaker
_FAR_VERB = 150  # characters between a verb of saying and the mark that opens the quotation
_LEAD = 80  # characters between a subject and its verb
_LABEL = 60  # characters of a name, with a role, before a colon
_PRONOUN_WINDOW = 1200  # characters, about three paragraphs, within which "he" stands for somebody

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Prof|Jr|Sr|vs|No|Inc|Ltd|Corp|Co|Lt|Col|Sgt|Capt|Rev|Hon|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|(?:[A-Za-z]\.)+[A-Za-z])$"
)
_SENTENCE_END = re.compile(r"[.!?…;][\"”’'»)\]]*\s+(?=[\"“„«‘'(\[]*[^\W\d_a-zß-öø-ÿ])")
_CLAUSE_END = re.compile(r"[\"“„«\n]")
_PRONOUN = re.compile(
    r"(?:^|[\s,;(])(he|she|they|it|we|i|er|sie|il|elle|lui|lei|ele|ela|él|ella)(?:\s+[\w-]+ly|\s+(?:also|then|later|"
    r"has|had|have|would|will|was|is|then|once|still|even|just|further|a|ha|hat|habe|recently|again|simply))*\s*$",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset({"", "a", "ha", "hat"})  # "... », a dit X"
_INVERTED_PRONOUN = re.compile(r"\s+(he|she|they|it|we|i|er|sie)\b", re.IGNORECASE)
# A name after one of these is no subject: "a spokesman for X said". Days may stand between: "On Monday X said".
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
)
_DEPENDENT = re.compile(
    r"\b(?:of|for|from|with|to|about|in|at|by|against|on|near|via|towards?|between|including|like|de|del|della|von|vom|"
    r"für|mit|zu|bei|pour|par|avec|para|con|per|com)\s+(?:(?:the|a|an|his|her|its|their|our|my|former|then|late|fellow|la|"
    rf"le|el|der|die|das|dem|den)\s+|(?!(?:{_DAY}November|December)\b)[^\W\d_a-zß-ÿ][\w.’'-]*\s+)*$"
)
# An organisation or place deeper in such a phrase is none either: "in the journal X", "for the company X".
_DEEP = re.compile(r"\b(?:of|for|from|with|to|about|in|at|by|against|on|near|via|between)(?:\s+[\w’'-]+){0,4}\s+$")
# Between two names of one phrase: "X head coach Y" is Y.
_ROLE_BETWEEN = re.compile(
    r"^[\s-](?:[\w’'&.-]+\s+){0,6}(?:coach|presidente?|minister|spokes\w+|chief|director|officer|executive|ceo|cfo|cto|"
    r"founder|co-founder|owner|co-owner|partner|planner|editor|author|writer|reporter|analyst|economist|professor|doctor|"
    r"lawyer|attorney|prosecutor|judge|secretary|chair|chair\w*man|chair\w*woman|manager|captain|guard|forward|midfielder|"
    r"striker|goalkeeper|defender|pitcher|quarterback|senator|rep\.|sen\.|mp|governor|mayor|leader|member|commissioner|"
    r"ambassador|general|head|boss|star|singer|actor|actress|researcher|scientist|resident|police|trainer|chef|chefin|"
    r"sprecher|sprecherin|promoter|experte|expertin|politiker\w*|präsident\w*)\s+$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*[—–-]{1,2}\s*")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_ADVERBS = (
    r"(?:\s+(?:\w+ly|also|then|later|has|had|have|was|is|would|will|once|still|even|just|further|again|ha|hat|habe|a|"
    r"on|last|this|that|\w+day|week|month|year|morning|night|himself|herself|who))*"
)
_ADJACENT = re.compile(rf"^,?(?:\s+[JS]r\.?)?{_ADVERBS}\s*$")
_APPOSITION = re.compile(
    rf"^\s*(?:,.*,|\(.*\),?|[–—-].*[–—-]|,\s(?:an?|the|who)\s[^,]{{3,60}}){_ADVERBS}\s*$", re.DOTALL
)
_WITHIN = re.compile(r"^\s+(?:on|in|at|of|from|for|during|after|with)\s[^,;:.]{0,60}$")
_CONJUNCT = re.compile(rf"^\s[^;:]*(?:\band|\bbut|\bthen|,){_ADVERBS}\s*$")
_NEW_SUBJECT = re.compile(r"\b(?:that|who|which|when|while|as|because|whose|and\s+(?:the|a|his|her|their))\b")
_ROLES = re.compile(r"^[\s,]*(?:[\w’'.&/-]+,?\s+){0,10}$")
_ROLES_BROKEN = re.compile(
    r"\b(?:that|when|while|as|because|after|before|if|and|but|to|in|on|at|about|with|during|he|she|they|it|we|his|her|"
    r"dass|und|als|wenn|que|che)\b"
)
_ROLE_OF = re.compile(r"\b(?:of|for|from|der|des|von|de|del|di|du|da|do)\b")
_LEADS_IN = re.compile(r"(?:[,:–—-]|\bthat|\bas|\bsaying|\bis|\bwas|\bby)\s*$")
_SOURCE_OF = re.compile(
    r"^\s+(?:an?|the|its?|his|her|their)\s+(?:[\w-]+\s+){0,3}(?:statement|letter|message|post|tweet|memo|email|release|"
    r"report|spokes\w+)\s+(?P<by>from|by|of)\s+(?:the\s+)?$"
)
_CONTINUES = re.compile(r"^[^\n]{0,250}[.!?…]\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Speaker and verb of a quotation, and what says so.

    `evidence` is named (its sentence names the speaker), pronoun (it says "he"), continued (the quotation goes on where
    an attributed one stopped), introduced (the sentence before says that somebody said so), or None without a speaker.
    """

    speaker: Mention | None = None
    verb: str | None = None
    evidence: str | None = None


_UNKNOWN = Attribution()


class _Pronoun(NamedTuple):
    word: str
    place: int


def attributions(
    body: str, utterances: Sequence[Utterance], mentions: Sequence[Mention], lexis: Lexicon
) -> list[Attribution]:
    """Return of every utterance its speaker and verb.

    Args:
        body: the text.
        utterances: its quotations, in order.
        mentions: the document's names after their agreement; those of the body's zone may be speakers.
        lexis: verbs of saying of the body's language.
    """
    if not utterances:
        return []
    names = sorted(
        (
            one
            for one in mentions
            if one.zone == "body" and one.mention_kind == "name" and one.entity_type in _SPEAKER_TYPES
        ),
        key=lambda one: one.start_offset,
    )
    reader = _Reader(body, names, lexis)
    found: list[Attribution] = []
    for number, utterance in enumerate(utterances):
        previous = utterances[number - 1] if number else None
        following = utterances[number + 1] if number + 1 < len(utterances) else None
        found.append(reader.read(utterance, previous, following, found[-1] if found else _UNKNOWN))
    return found


class _Reader:
    """Reads one body's attributions in order; remembers who spoke last, since pronouns point back."""

    def __init__(self, body: str, names: Sequence[Mention], lexis: Lexicon) -> None:
        self._body = body
        self._names = names
        self._starts = [one.start_offset for one in names]
        self._lexis = lexis
        self._last: tuple[int, Mention] | None = None  # place of the last quotation of a person, and who said it
        self._known: set[str] = set()  # keys of all who spoke

    def read(
        self, utterance: Utterance, previous: Utterance | None, following: Utterance | None, said: Attribution
    ) -> Attribution:
        floor = previous.parts[-1].closed if previous else 0
        found = self._attributed(utterance, floor, following)
        if found.speaker is None and found.evidence is None and previous and self._continues(utterance, floor):
            found = Attribution(said.speaker, found.verb or said.verb, "continued" if said.speaker else None)
        if found == _UNKNOWN:
            found = self._introduced(utterance, floor)
        if found.speaker is not None and found.speaker.entity_type == "PER":
            self._last = utterance.parts[0].start, found.speaker
            self._known.add(found.speaker.resolved_key)
        return Attribution(found.speaker, found.verb, found.evidence if found.speaker else None)

    def _attributed(self, utterance: Utterance, floor: int, following: Utterance | None) -> Attribution:
        body = self._body
        first, last = utterance.parts[0], utterance.parts[-1]
        if not utterance.is_marked:
            return self._before(first.start, floor, is_fragment=False)
        if len(utterance.parts) > 1 and "\n" not in body[first.end : utterance.parts[1].start]:
            found = self._after(first.closed, utterance.parts[1].opened)
            if found.verb:
                return found
        ceiling = following.parts[0].opened if following else len(body)
        tail, rest = body[last.end - 1], body[last.closed : last.closed + 2]
        goes_on = tail in ",?!…–—-" or rest[:1] in ",–—" or _SIGNED.match(body, last.closed) is not None
        found = self._after(last.closed, ceiling) if goes_on else _UNKNOWN
        if found.speaker is None:
            before = self._before(first.opened, floor, is_fragment=body[first.start].islower())
            found = before if before.speaker or (before.verb and not found.verb) else found
        if found.verb is None and not goes_on and (tail != "." or rest.strip()[:1].islower()):
            found = self._after(last.closed, ceiling)
        return found

    def _after(self, start: int, ceiling: int) -> Attribution:
        """Read the rest of a quotation's sentence."""
        body = self._body
        stop = min(start + _WINDOW, ceiling, len(body))
        broken = _CLAUSE_END.search(body, start, stop)
        stop = broken.start() if broken else stop
        stop = self._sentence_end(start, stop)
        verb = self._lexis.pattern.search(body, start, stop)
        if verb is None:
            return self._said(self._signature(start, stop), None)
        lemma = self._lexis.lemma(verb.group())
        if is_source(lemma):
            return self._said(self._source(verb.end(), stop), lemma)
        subject = self._subject(start, verb.start())
        lead = body[start : verb.start()].strip(" ,–—-\xa0")
        if subject is None and lead in _AUXILIARIES and speaker_may_follow(lemma):
            subject = self._named_after(verb.end(), stop)
        return self._said(subject, lemma)

    def _before(self, end: int, floor: int, *, is_fragment: bool) -> Attribution:
        """Read the words of the sentence that lead to a quotation's first mark."""
        body = self._body
        start = max(floor, end - _WINDOW)
        paragraph = body.rfind("\n", start, end) + 1
        if body[paragraph:end].isspace() or paragraph == end:  # the words of a colon before a paragraph of its own
            above = body[:paragraph].rstrip()
            if not above.endswith(":"):
                return _UNKNOWN
            end = len(above)
            start = max(start, floor)
            paragraph = body.rfind("\n", start, end) + 1
        start = self._sentence_start(max(start, paragraph), end)
        text = body[start:end]
        if not text.strip():
            return _UNKNOWN
        verbs = list(self._lexis.pattern.finditer(body, start, end))
        if not verbs:
            return self._said(self._label(start, end), None)
        verb = verbs[-1]
        if end - verb.end() > _FAR_VERB:
            return _UNKNOWN
        if not (is_fragment or _LEADS_IN.search(text) or verb.end() >= end - 1):
            return _UNKNOWN
        lemma = self._lexis.lemma(verb.group())
        if is_source(lemma):
            return self._said(self._source(verb.end(), end), lemma)
        if verb.group().endswith("ing"):
            return self._said(self._opening_subject(start, verb.start()), lemma)
        subject = self._subject(start, verb.start())
        if subject is None and speaker_may_follow(lemma):
            subject = self._named_after(verb.end(), end)
        return self._said(subject, lemma)

    def _said(self, subject: Mention | _Pronoun | None, lemma: str | None) -> Attribution:
        if isinstance(subject, _Pronoun):
            return Attribution(self._resolved(subject), lemma, "pronoun")
        if subject is None:
            return Attribution(None, lemma, "unnamed" if lemma else None)
        return Attribution(subject, lemma, "named")

    def _between(self, start: int, end: int) -> Sequence[Mention]:
        first = bisect_left(self._starts, start)
        return [one for one in self._names[first : bisect_left(self._starts, end)] if one.end_offset <= end]

    def _subject(self, start: int, verb: int) -> Mention | _Pronoun | None:
        """Return who the verb is said of: the nearest name before it that nothing parts from it."""
        body = self._body
        pronoun = _PRONOUN.search(body[start:verb])
        if pronoun:
            return _Pronoun(pronoun.group(1).lower(), start + pronoun.start(1))
        names = self._between(start, verb)
        other: Mention | None = None
        for number in range(len(names) - 1, -1, -1):
            one = names[number]
            after, before = body[one.end_offset : verb], body[start : one.start_offset]
            if _POSSESSIVE.match(after) or _DEPENDENT.search(before):
                continue
            if one.entity_type != "PER" and _DEEP.search(before):
                continue
            if number and re.fullmatch(
                r"\s*(?:and|und|et|y|e|&)\s+", body[names[number - 1].end_offset : one.start_offset]
            ):
                return None  # two speak as one
            is_joined = _ADJACENT.match(after) or _APPOSITION.match(after)
            if one.entity_type == "PER" and not is_joined and not _NEW_SUBJECT.search(after):
                is_joined = _WITHIN.match(after) or _CONJUNCT.match(after)
            if is_joined and one.entity_type == "PER":
                return one
            if is_joined and other is None:
                other = one  # a place within "X, from Y, said" is no speaker
        return other

    def _named_after(self, verb: int, stop: int) -> Mention | _Pronoun | None:
        """Return the name after a verb ("said the mayor, Ana Sol"), a person rather than what the person belongs to."""
        body = self._body
        pronoun = _INVERTED_PRONOUN.match(body, verb, stop)
        if pronoun:
            return _Pronoun(pronoun.group(1).lower(), pronoun.start(1))
        for one in self._between(verb, stop):
            role = body[verb : one.start_offset]
            if not _ROLES.match(role) or _ROLES_BROKEN.search(role):
                return None
            if _POSSESSIVE.match(body, one.end_offset):
                continue
            is_of = _ROLE_OF.search(role) is not None and not role.rstrip().endswith(",")
            if one.entity_type == "PER" or self._fullest(one) is not one:
                return None if is_of else self._fullest(one)
            if not role.strip(" ,") or role.strip() == "the":
                tail = body[one.end_offset : stop].lstrip()
                if not tail or tail[0] in ",.;:" or re.match(r"(?:on|in|at|this|last|early)\b", tail):
                    return one
        return None

    def _signature(self, start: int, stop: int) -> Mention | None:
        """Return the name that a dash puts under a quotation."""
        dash = _SIGNED.match(self._body, start, stop)
        name = next(iter(self._between(dash.end(), stop)), None) if dash and dash.end() > start + 1 else None
        return name if name is not None and dash is not None and name.start_offset == dash.end() else None

    def _fullest(self, one: Mention) -> Mention:
        """Return the person at the end of a phrase of names and roles ("X head coach Y"), else the name itself."""
        number = bisect_left(self._starts, one.end_offset)
        if number == len(self._names) or self._names[number].entity_type != "PER":
            return one
        following = self._names[number]
        is_one = _ROLE_BETWEEN.match(self._body[one.end_offset : following.start_offset])
        return self._fullest(following) if is_one else one

    def _opening_subject(self, start: int, stop: int) -> Mention | _Pronoun | None:
        """Return the subject of a sentence by its place: the name or pronoun that it opens with."""
        pronoun = re.match(r"\W*(he|she|they|it|we|i)\b", self._body[start:stop], re.IGNORECASE)
        if pronoun:
            return _Pronoun(pronoun.group(1).lower(), start + pronoun.start(1))
        first = next(iter(self._between(start, stop)), None)
        return self._fullest(first) if first is not None and self._opens(first, start) else None

    def _opens(self, one: Mention, start: int) -> bool:
        """Tell whether nothing but a role stands between the start of a sentence and a name."""
        role = self._body[start : one.start_offset]
        is_role = _ROLES.match(role) and not _ROLES_BROKEN.search(role) and not _DEPENDENT.search(role)
        return bool(is_role) and not _POSSESSIVE.match(self._body, one.end_offset)

    def _source(self, start: int, stop: int) -> Mention | None:
        """Return the name after "according to"; the one who issued it where a document stands between."""
        for one in self._between(start, stop):
            role = self._body[start : one.start_offset]
            if _SOURCE_OF.match(role) and "spokes" not in role:
                return one
            if not _ROLES.match(role) or _ROLES_BROKEN.search(role) or _ROLE_OF.search(role.rpartition(",")[0] or role):
                return None
            if _POSSESSIVE.match(self._body, one.end_offset):
                continue
            if one.entity_type == "PER" or not role.strip(" ,") or role.strip() == "the":
                return one
        return None

    def _label(self, start: int, end: int) -> Mention | None:
        """Return the name that stands alone before a colon, as in a transcript."""
        text = self._body[start:end].rstrip()
        names = self._between(start, end)
        is_label = text.endswith(":") and len(text) <= _LABEL and len(names) > 0
        return names[0] if is_label and self._opens(names[0], start) and names[0].entity_type == "PER" else None

    def _resolved(self, pronoun: _Pronoun) -> Mention | None:
        """Return the last person before "he" or "she" who fits: the subject of a sentence, or who spoke last."""
        if not stands_for_one(pronoun.word):
            return None
        body, place = self._body, pronoun.place
        last_place, last = self._last or (-1, None)
        for one in reversed(self._between(max(0, last_place, place - _PRONOUN_WINDOW), place)):
            if one.entity_type == "PER" and self._is_known(one) and self._fits(pronoun, one):
                full = self._fullest(one)
                if self._acts(full):
                    return None if is_somebody_else(pronoun.word, body[full.end_offset : place]) else full
        if last is None or place - last_place > _PRONOUN_WINDOW or not self._fits(pronoun, last):
            return None
        return None if is_somebody_else(pronoun.word, body[last_place:place]) else last

    def _fits(self, pronoun: _Pronoun, one: Mention) -> bool:
        before = self._body[max(0, one.start_offset - 12) : one.start_offset]
        return may_be(pronoun.word, before, one.resolved_key)

    def _is_known(self, one: Mention) -> bool:
        """Tell whether a name is surely a person's: it has two words somewhere in the document, or spoke before."""
        return " " in one.resolved_key or one.resolved_key in self._known

    def _acts(self, one: Mention) -> bool:
        """Tell whether a name is the subject of its sentence: it stands first in it, or by a verb of saying."""
        body = self._body
        start = max(0, one.start_offset - _WINDOW)
        start = max(start, body.rfind("\n", start, one.start_offset) + 1)
        start = self._sentence_start(start, one.start_offset)
        earlier = self._between(start, one.start_offset)
        if self._opens(one, start) and (not earlier or self._fullest(earlier[0]) is one):
            return True
        verb = self._lexis.pattern.search(body, one.end_offset, min(len(body), one.end_offset + _LEAD))
        if verb and self._subject(start, verb.start()) is one:
            return True
        inverted = list(self._lexis.pattern.finditer(body, max(start, one.start_offset - _LEAD), one.start_offset))
        return bool(inverted) and self._named_after(inverted[-1].end(), one.end_offset) is one

    def _introduced(self, utterance: Utterance, floor: int) -> Attribution:
        """Read the sentence before a quotation that is one itself: what somebody says first without marks."""
        body = self._body
        end = utterance.parts[0].opened
        begin = max(floor, end - _WINDOW)
        begin = max(begin, body.rfind("\n", begin, end) + 1)
        stop = begin + len(body[begin:end].rstrip())
        if stop <= begin or body[stop - 1] not in ".!?…" or stop == end:
            return _UNKNOWN
        start = self._sentence_start(begin, stop - 1)
        for verb in reversed(list(self._lexis.pattern.finditer(body, start, stop))):
            lemma = self._lexis.lemma(verb.group())
            subject = self._subject(start, verb.start())
            if subject is None and speaker_may_follow(lemma):
                subject = self._named_after(verb.end(), stop)
            if subject is not None:
                found = self._said(subject, lemma)
                is_person = found.speaker is not None and found.speaker.entity_type == "PER"
                return Attribution(found.speaker, lemma, "introduced") if is_person else _UNKNOWN
        return _UNKNOWN

    def _continues(self, utterance: Utterance, floor: int) -> bool:
        """Tell whether a quotation follows the end of the sentence that attributes the one before, in its paragraph."""
        between = self._body[floor : utterance.parts[0].opened]
        if not _CONTINUES.match(between):
            return False
        return self._sentence_end(floor, utterance.parts[0].opened) >= floor + len(between.rstrip())

    def _sentence_end(self, start: int, stop: int) -> int:
        """Return one past the end of the sentence that `start` stands in, at most `stop`."""
        for match in _SENTENCE_END.finditer(self._body, start, min(stop + 2, len(self._body))):
            if match.start() >= stop:
                break
            if not self._is_abbreviated(match.start(), start):
                return match.start() + 1
        return stop

    def _sentence_start(self, start: int, end: int) -> int:
        """Return where the last sentence before `end` begins, at least `start`."""
        found = start
        for match in _SENTENCE_END.finditer(self._body, start, end):
            if not self._is_abbreviated(match.start(), start):
                found = match.end()
        # A quotation mark directly at the end of the window hides its own sentence's first letter.
        rest = self._body[found:end]
        ended = re.search(r"[.!?…][\"”’»)]*\s*$", rest)
        return end if ended and not self._is_abbreviated(found + ended.start(), found) else found

    def _is_abbreviated(self, dot: int, start: int) -> bool:
        return self._body[dot] == "." and _ABBREVIATION.search(self._body[max(start, dot - 12) : dot]) is not None
