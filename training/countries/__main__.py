"""Writes the table of countries: `python -m training.countries --names en.json --demonyms en.json`.

Both files are `langs/en.json` of packages of the npm registry under the MIT licence, by widdix GmbH:
`i18n-iso-countries` (the shipped table: 7.14.0) and `i18n-nationality` (1.4.0). What they lack is in `added.yml` beside
this file.
"""

import argparse
import json
import re
import sys
from pathlib import Path

import yaml

from extract.names.countries import TABLE

_ADDED = Path(__file__).with_name("added.yml")
_NO_NAME = re.compile(r"[,()]| - | or | and |\bIslands?$")  # sorted for lists, glossed, or two at once
_HEADER = """\
# Countries and territories (ISO 3166-1 alpha-2): the name in common use first, other names, and what their people and
# things are called; separated by tabs and semicolons. Written by `python -m training.countries` from the packages
# i18n-iso-countries 7.14.0 and i18n-nationality 1.4.0 (npm; MIT licence, see countries.LICENSE) and
# training/countries/added.yml: change it there.
"""


def table(names: dict[str, str | list[str]], demonyms: dict[str, str], added: dict[str, dict[str, list[str]]]) -> str:
    """Return the table as text, a line per country.

    Args:
        names: code -> name or names, the preferred one first.
        demonyms: code -> demonym; a name of the country where the package knows none.
        added: code -> what is to be added, under `names`, `demonyms` and `not`.
    """
    lines = []
    for code in sorted(names):
        own = added.get(code, {})
        written = names[code]
        given = [name for name in ([written] if isinstance(written, str) else written) if not re.search(r"[,()]", name)]
        every = _once([*own.get("names", []), *given], own.get("not", []))
        said = re.sub(r" \(.*\)$", "", demonyms.get(code, ""))
        peoples = [said] if said and said not in given and not _NO_NAME.search(said) else []
        said_of_them = _once([*peoples, *own.get("demonyms", [])], own.get("not", []))
        if every:
            lines.append(f"{code}\t{'; '.join(every)}\t{'; '.join(said_of_them)}\n")
    return _HEADER + "".join(lines)


def _once(forms: list[str], unwanted: list[str]) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form not in unwanted]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.countries", description=__doc__)
    parser.add_argument("--names", type=Path, required=True, help="langs/en.json of i18n-iso-countries")
    parser.add_argument("--demonyms", type=Path, required=True, help="langs/en.json of i18n-nationality")
    options = parser.parse_args(arguments)
    names = json.loads(options.names.read_text("utf-8"))["countries"]
    demonyms = json.loads(options.demonyms.read_text("utf-8"))["nationalities"]
    TABLE.write_text(table(names, demonyms, yaml.safe_load(_ADDED.read_text("utf-8"))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
