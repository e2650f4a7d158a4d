"""Scores languages: how many are told right, and whether the confidence means what it says."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.quality.measurement import Figures

SURE = 0.9


def language_figures(rows: Sequence[Mapping[str, Any]], answers: Mapping[str, Mapping[str, Any]]) -> Figures:
    """Compare `language` and `language_confidence` of answers with `lang` of rows; pages without answer are left out.

    `language_right` is the share of all, `language_sure` the share told with a confidence of .9 or more, and
    `language_sure_right` how many of those are right: below .9 the confidence claims too much.
    """
    told = [
        (answer["language"] == str(row["lang"]).partition("-")[0], answer["language_confidence"] >= SURE)
        for row in rows
        if row.get("lang") and (answer := answers.get(row["id"]))
    ]
    sure = [is_right for is_right, is_sure in told if is_sure]
    return {
        "languages": len(told),
        "language_right": sum(is_right for is_right, _ in told) / len(told) if told else None,
        "language_sure": len(sure) / len(told) if told else None,
        "language_sure_right": sum(sure) / len(sure) if sure else None,
    }
