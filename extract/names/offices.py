"""Words for offices, in normal form: a role is said of a person and is no part of the name. Pure."""

import re

# Office -> how news write it. A minister or secretary of a field is an office by the field.
OFFICES = {
    "vice president": r"vice[ -]president",
    "president": r"(?:federal |state )?president",
    "prime minister": r"prime minister|premier",
    "chancellor": r"(?:federal )?chancellor",
    "king": r"king",
    "queen": r"queen",
    "emperor": r"emperor",
    "foreign minister": r"foreign (?:affairs )?minister|minister (?:of|for) foreign affairs|foreign secretary",
    "secretary of state": r"secretary of state",
    "secretary-general": r"secretary[ -]general|sec-gen",
    "director-general": r"director[ -]general",
    "managing director": r"managing director",
    "chief executive": r"chief executive(?: officer)?|ceo",
    "chair": r"chair(?:man|woman|person)?",
    "governor": r"governor",
    "mayor": r"mayor",
    "ambassador": r"ambassador",
    "spokesperson": r"spokes(?:man|woman|person)",
}
_FIELDS = (
    "agriculture|culture|defen[cs]e|economy|economic|education|energy|environment|finance|health|home|interior|"
    "information|justice|labou?r|trade|transport"
)
ROLE = (
    r"(?P<deputy>(?:deputy|assistant|first deputy) )?(?:(?P<field>"
    + _FIELDS
    + r") (?:minister|secretary)|"
    + "|".join(f"(?P<r{number}>{pattern})" for number, pattern in enumerate(OFFICES.values()))
    + r")(?P<elect>[ -](?:elect|designate))?"
)
_ROLE_ALONE = re.compile(ROLE, re.IGNORECASE)


def is_role(surface: str) -> bool:
    """Tell whether a surface says an office and nothing else, as "Prime Minister" does."""
    return _ROLE_ALONE.fullmatch(surface) is not None


def role_of(found: re.Match[str]) -> str:
    """Return the normal form of the office in a match of ROLE."""
    if found["field"]:
        field = found["field"].casefold().replace("defense", "defence").replace("labor", "labour")
        role = f"{'economy' if field == 'economic' else field} minister"
    else:
        role = next(name for number, name in enumerate(OFFICES) if found[f"r{number}"])
    return f"deputy {role}" if found["deputy"] else role
