"""A report as a page that stands alone and as an accessible PDF. The same report gives the same bytes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import jinja2

from linkwell.documents.rendering import render
from linkwell.documents.script import Value
from linkwell.evaluation.report import Chart, Part, Report, Section, TableOf

# A PDF bears a date. Ours says nothing of when it was made, or two runs would differ; the data's hash tells them apart.
NO_DAY = dt.date(2000, 1, 1)
# These turn the order of letters round, and so can make a name in the data change the sentence that it stands in.
_TURNERS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def write(report: Report, folder: Path) -> None:
    """Put report.html and report.pdf into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(as_html(report), encoding="utf-8")
    (folder / "report.pdf").write_bytes(as_pdf(report))


def as_html(report: Report) -> str:
    """One page without scripts, pictures from elsewhere or fonts: it can be sent and kept."""
    return _page().render(report=report).translate(_TURNERS)


def as_pdf(report: Report) -> bytes:
    """The same as PDF/UA-1."""
    data: dict[str, Value] = {
        "title": report.title,
        "answer": report.answer,
        "rests_on": list(report.rests_on),
        "sections": [_section(each) for each in report.sections],
        "footer": report.title,
    }
    return render("evaluation", data, date=NO_DAY).pdf


@cache
def _page() -> jinja2.Template:
    loader = jinja2.PackageLoader("linkwell.evaluation", "report")
    place = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return place.get_template("page.html")


def _section(section: Section) -> Value:
    return {
        "title": section.title,
        "words": list(section.words),
        "warning": int(section.warning),
        "parts": [_part(each) for each in section.parts],
    }


def _part(part: Part) -> Value:
    if isinstance(part, Chart):
        return {"title": part.title, "words": part.words, "drawing": part.drawing, "table": _table(part.table)}
    return {"table": _table(part)}


def _table(table: TableOf) -> Value:
    return {"title": table.title, "headings": list(table.headings), "rows": [list(row) for row in table.rows]}
