"""Evaluations in words, and their reports as pages."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from linkwell.evaluation.report import Chart, Part, Report, Section, TableOf
from linkwell.evaluations.details import EvaluationRow, OptOutRow, ResultRow
from linkwell.evaluations.models import Basis, DesignKind
from linkwell.evaluations.states import EVALUATION
from linkwell.kernel import words

TONES = {
    "draft": "new",
    "fixed": "waiting",
    "running": "going",
    "finished": "done",
    "refused": "attention",
    "abandoned": "closed",
    "dropped": "closed",
}


def line(row: EvaluationRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "question": row.question.question,
        "number": row.number or "–",
        "state": EVALUATION.words[row.state].capitalize(),
        "tone": TONES[row.state],
        "when": words.short_date(row.fixed_at) if row.fixed_at else "Not fixed",
        "by": row.opened_by,
        "reason": row.reason,
    }


def page(row: EvaluationRow) -> dict[str, Any]:
    return {
        "row": row,
        "line": line(row),
        "facts": [_with_change(row, *each) for each in _facts(row)],
        "whole": all(is_written(row, part) for part in ("who", "compared", "outcome")),
        "fixed": words.written_datetime(row.fixed_at, year=True) if row.fixed_at else "",
        "ended": words.written_datetime(row.ended_at, year=True) if row.ended_at else "",
    }


def is_written(row: EvaluationRow, part: str) -> bool:
    written = {"who": row.population.who, "compared": row.comparison.design, "outcome": row.outcome.counted}
    return bool(written.get(part, "question"))


def _facts(row: EvaluationRow) -> list[tuple[str, str, str]]:
    """Each fact: its name, what is written, and the step it is written in."""
    asked, compared = row.question, row.comparison
    window = f"{words.short_date(asked.starts_on)} to {words.short_date(asked.ends_on)}"
    approved = f"{asked.approved_by}, {words.written_date(asked.approved_on, year=True)}"
    began = [("It began on", words.written_date(compared.began_on, year=True), "compared")] if compared.began_on else []
    return [
        ("Question", asked.question, "question"),
        ("Window", window, "question"),
        ("At least", f"{asked.minimum_n:,}", "question"),
        ("Basis", Basis(asked.basis).label, "question"),
        ("Approved by", approved, "question"),
        ("About", _lines(row.which_words, row.population.population), "who"),
        ("Compared with", _lines(_design(row), compared.comparison), "compared"),
        *began,
        ("Outcome", row.outcome_words, "outcome"),
    ]


def _design(row: EvaluationRow) -> str:
    return DesignKind(row.comparison.design).label if row.comparison.design else ""


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _with_change(row: EvaluationRow, label: str, value: str, part: str) -> dict[str, Any]:
    fact = {"label": label, "value": value}
    if row.state != "draft":
        return fact
    return fact | {"url": reverse("evaluations:step", kwargs={"evaluation_id": row.id, "part": part})}


def report_of(found: ResultRow) -> Report:
    """The report as `linkwell.evaluation` made it."""
    kept = found.report
    sections = tuple(
        Section(
            each["title"],
            tuple(each["words"]),
            tuple(map(_part, each["parts"])),
            each["warning"],
            each.get("checks", False),
        )
        for each in kept["sections"]
    )
    return Report(kept["title"], kept["answer"], tuple(kept["rests_on"]), sections)


def _part(kept: Mapping[str, Any]) -> Part:
    if "drawing" in kept:
        return Chart(kept["title"], kept["words"], kept["drawing"], _table(kept["table"]))
    return _table(kept)


def _table(kept: Mapping[str, Any]) -> TableOf:
    return TableOf(kept["title"], tuple(kept["headings"]), tuple(tuple(row) for row in kept["rows"]))


def report(found: ResultRow) -> dict[str, Any]:
    return shown(report_of(found)) | {"made": words.written_datetime(found.made_at, year=True)}


def shown(made: Report) -> dict[str, Any]:
    """A report for a page of ours."""
    return {
        "answer": made.answer,
        "rests_on": made.rests_on,
        "sections": [
            {
                "title": each.title,
                "words": each.words,
                "warning": each.warning,
                "checks": each.checks,
                "parts": [_drawn(p) for p in each.parts],
            }
            for each in made.sections
        ],
    }


def _drawn(part: Part) -> dict[str, Any]:
    if isinstance(part, Chart):
        # Drawn by our own code, which escapes every word in it.
        drawing = Markup(part.drawing)  # noqa: S704
        return {"drawing": drawing, "title": part.title, "words": part.words, "table": part.table}
    return {"drawing": "", "table": part}


def opt_out_line(row: OptOutRow) -> list[str]:
    loaded = words.written_datetime(row.loaded_at, year=True)
    return [words.written_date(row.as_at, year=True), f"{row.people:,}", loaded, row.loaded_by]
