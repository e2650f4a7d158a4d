"""Measures text dumps and the seeds: which lines are kept."""

from collections.abc import Sequence

from tests.quality.data import DataSet, Row, sample, usable_dumps
from tests.quality.front_door import Cleaned, clean, kept_lines, starting_seconds
from tests.quality.measurement import WORST_PAGES, Figures, Measurement
from tests.quality.text_scores import Agreement, kept_lines_agreement, mean_agreement
from tests.quality.unseen import unseen_cleaner


def measure_dumps(one: DataSet, limit: int | None) -> list[Measurement]:
    rows = sample(usable_dumps(one.rows), limit)
    overhead = starting_seconds()
    cleaned = clean(
        [{"id": row["id"], "text": "\n".join(row["lines"]), **unseen_cleaner(row)} for row in rows], spans=True
    )
    documents = _dump_agreements(rows, cleaned)
    seconds = max(0.0, cleaned.cpu_seconds - overhead)
    figures = dump_figures(documents, seconds)
    if one.task == "seeds":
        figures["kept"] = len(cleaned.accepted())
    worst = [
        {
            "id": row["id"],
            "f1": round(agreement.f1, 3),
            "precision": round(agreement.precision, 3),
            "recall": round(agreement.recall, 3),
            "reason": cleaned.answers[row["id"]]["reason"],
        }
        for row, (_, agreement) in zip((row for row in rows if 1 in row["labels"]), documents, strict=True)
    ]
    worst = sorted(worst, key=lambda page: (page["f1"], page["id"]))[:WORST_PAGES]
    results = [Measurement(one.task, one.name, figures, seconds, worst=worst)]
    if one.task == "dumps":
        results[0].pooling = documents
    return results


def _dump_agreements(rows: Sequence[Row], cleaned: Cleaned) -> list[tuple[str, Agreement]]:
    found = []
    for row in rows:
        kept = kept_lines(row["lines"], cleaned.answers[row["id"]])
        agreement = kept_lines_agreement(row["lines"], row["labels"], kept)
        if agreement is not None:
            found.append((str(row.get("conv")), agreement))
    return found


def dump_figures(documents: Sequence[tuple[str, Agreement]], seconds: float) -> Figures:
    mean = mean_agreement([agreement for _, agreement in documents])
    figures: Figures = {
        "n": len(documents),
        "precision": mean.precision,
        "recall": mean.recall,
        "f1": mean.f1,
        "ms_per_page": 1000 * seconds / max(1, len(documents)),
    }
    converters = sorted({converter for converter, _ in documents})
    if len(converters) > 1:
        for converter in converters:
            own = [agreement for other, agreement in documents if other == converter]
            figures[f"f1_{converter}"] = mean_agreement(own).f1
    return figures
