"""Verbs of saying, by language: the forms a newspaper uses and the lemma of each."""

import re
from dataclasses import dataclass
from functools import cache

# With their third person ("argues"); the second list has none, since a newspaper writes it as a noun ("reports").
_ENGLISH_REGULAR = (
    "acknowledge add admit advise affirm agree allege announce argue assert boast caution complain concede conclude "
    "confess confirm contend continue counter declare decry deny describe disclose emphasise emphasize exclaim "
    "explain inform insist lament observe opine proclaim quip reaffirm recall reiterate remark remember reply respond "
    "reveal stress suggest testify vow warn"
)
_ENGLISH_PAST = (
    "accuse answer ask blast chant charge claim comment demand detail echo elaborate estimate express joke mention "
    "muse note order plead pledge post predict protest reason reflect repeat report scream shout signal state text "
    "tweet urge whisper yell"
)
_ENGLISH_IRREGULAR = {
    "according to": ("according to",),
    "ask": ("asks",),
    "call": ("called", "calling"),
    "claim": ("claims",),
    "go on": ("went on",),
    "joke": ("jokes",),
    "note": ("notes",),
    "put": ("put it", "puts it"),
    "quote": ("quoted",),
    "read": ("read", "reads", "reading"),
    "say": ("said", "says", "say", "saying"),
    "tell": ("told", "tells", "telling"),
    "write": ("wrote", "writes", "written", "writing"),
}
_OTHERS = {
    "de": {
        "sagen": "sagte sagten sagt sagen gesagt", "erklären": "erklärte erklärten erklärt", "meinen": "meinte meint",
        "betonen": "betonte betont", "schreiben": "schrieb schreibt", "mitteilen": "teilte mitgeteilt",
        "berichten": "berichtete berichtet", "warnen": "warnte warnt", "fordern": "forderte fordert",
        "hinzufügen": "fügte", "kritisieren": "kritisierte kritisiert", "ergänzen": "ergänzte ergänzt",
        "bestätigen": "bestätigte bestätigt", "kündigen": "kündigte", "fragen": "fragte fragt",
        "antworten": "antwortete antwortet", "vermuten": "vermutete vermutet", "finden": "findet",
        "zitieren": "zitierte zitiert", "heißen": "hieß heißt heisst", "so": "so", "laut": "laut",
    },
    "fr": {
        "dire": "dit disait", "déclarer": "déclaré déclare", "affirmer": "affirmé affirme",
        "expliquer": "expliqué explique", "ajouter": "ajouté ajoute", "indiquer": "indiqué indique",
        "estimer": "estimé estime", "assurer": "assuré assure", "souligner": "souligné souligne", "écrire": "écrit",
        "confier": "confié confie", "annoncer": "annoncé annonce", "préciser": "précisé précise",
        "raconter": "raconté raconte", "lancer": "lancé lance", "selon": "selon",
    },
    "es": {
        "decir": "dijo dice dicho", "afirmar": "afirmó afirma afirmado", "señalar": "señaló señala señalado",
        "explicar": "explicó explica explicado", "asegurar": "aseguró asegura asegurado",
        "declarar": "declaró declarado", "añadir": "añadió añade añadido", "indicar": "indicó indica indicado",
        "manifestar": "manifestó manifestado", "expresar": "expresó expresado", "advertir": "advirtió advierte",
        "escribir": "escribió", "contar": "contó cuenta", "sostener": "sostuvo sostiene", "agregar": "agregó",
        "según": "según",
    },
    "it": {
        "dire": "detto dice disse", "dichiarare": "dichiarato dichiara", "spiegare": "spiegato spiega",
        "affermare": "affermato afferma", "aggiungere": "aggiunto aggiunge", "scrivere": "scritto scrive",
        "sottolineare": "sottolineato sottolinea", "raccontare": "raccontato racconta",
        "commentare": "commentato commenta", "secondo": "secondo",
    },
    "pt": {
        "dizer": "disse diz dito", "afirmar": "afirmou afirma", "explicar": "explicou explica",
        "declarar": "declarou", "acrescentar": "acrescentou acrescenta", "contar": "contou conta",
        "escrever": "escreveu", "destacar": "destacou", "ressaltar": "ressaltou", "avaliar": "avaliou avalia",
        "relatar": "relatou", "segundo": "segundo",
    },
}  # fmt: skip
# Words that name the speaker after them, without a verb; `so` only after the quotation.
_SOURCES = {"according to", "laut", "selon", "según", "secondo", "segundo"}
_INVERTING = {"so"}
_TO_SOMEBODY = {"tell", "text", "urge", "accuse", "advise", "describe", "call", "order", "blast", "charge"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language says with: a pattern that finds a form, and the lemma of each form."""

    pattern: re.Pattern[str]
    lemmas: dict[str, str]

    def lemma(self, form: str) -> str:
        """Return the lemma of a form that `pattern` found."""
        return self.lemmas[" ".join(form.lower().split())]


def is_source(lemma: str) -> bool:
    """Tell whether a word names the speaker after it, as "according to" does."""
    return lemma in _SOURCES


def speaker_may_follow(lemma: str) -> bool:
    """Tell whether a name after the verb may be its subject: after "told" stands the one who is told."""
    return lemma not in _TO_SOMEBODY


def _english_forms(lemma: str) -> list[str]:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma[:-1] + "ied", lemma + "ing", lemma[:-1] + "ies"]
    stem = lemma.removesuffix("e")
    double = stem + stem[-1] if lemma in {"admit", "quip"} else stem
    plural = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "o")) else "s")
    return [double + "ed", double + "ing", plural]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the verbs of saying of a language; the English ones where a language is not known here."""
    if language in _OTHERS:
        lemmas = {form: lemma for lemma, forms in _OTHERS[language].items() for form in forms.split()}
    else:
        lemmas = {form: lemma for lemma in _ENGLISH_REGULAR.split() for form in _english_forms(lemma)}
        lemmas |= {form: lemma for lemma in _ENGLISH_PAST.split() for form in _english_forms(lemma)[:2]}
        lemmas |= {form: lemma for lemma, forms in _ENGLISH_IRREGULAR.items() for form in forms}
    forms = "|".join(sorted(lemmas, key=lambda form: (-len(form), form))).replace(" ", r"\s+")
    return Lexicon(re.compile(rf"\b(?:{forms})\b", re.IGNORECASE), lemmas)
