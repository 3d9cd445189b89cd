"""A report of numbers: tables of a line, its number, and how it was counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value
from linkwell.kernel import words


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `under` is a line that belongs to the one above it."""

    label: str
    number: str
    counted: str = ""
    under: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `about` are the lines under its title: whose it is, and how far it can be relied on.

    `answer` stands above them, large: what the numbers say in one sentence.
    """

    title: str
    about: tuple[str, ...]
    tables: tuple[Table, ...]
    made_on: dt.date
    footer: str
    answer: str = ""


def render_report(report: Report, layout: Layout = Layout.STANDARD) -> Rendered:
    """The report as a PDF. A table without lines is left out."""
    data: dict[str, Value] = {
        "title": report.title.strip() or "Report",
        "answer": report.answer.strip(),
        "about": [row.strip() for row in report.about if row.strip()],
        "tables": [_table(table) for table in report.tables if table.rows],
        "columns": ["What was counted", "Number"],
        "footer": report.footer.strip() or "Report",
        "made": f"Made on {words.short_date(report.made_on)}.",
    }
    return render("report", data, date=report.made_on, layout=layout)


def _table(table: Table) -> Value:
    rows: list[Value] = [
        {"label": row.label.strip(), "number": row.number, "counted": row.counted.strip(), "under": int(row.under)}
        for row in table.rows
    ]
    return {"title": table.title, "rows": rows}
