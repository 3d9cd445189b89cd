"""The report and its lists as files: a table for a spreadsheet, and a document."""

from collections.abc import Iterable, Iterator

from linkwell.documents import report as document
from linkwell.impact import presenters
from linkwell.impact.numbers import Number
from linkwell.impact.presenters import Part
from linkwell.impact.rows import BehindRow, Report
from linkwell.impact.words import of_key
from linkwell.kernel import clock
from linkwell.kernel.words import written_datetime

CSV_HEADER = ("month", "narrowed_to", "table", "line", "part", "number", "now", "how_it_was_counted")
LIST_HEADER = ("day", "name", "what", "line", "team", "referrer", "practice", "amount")
NOT_OUTSIDE = (
    "For the care team and those who run it. A small number can point to one person: do not pass it on outside."
)


def narrowed_words(report: Report) -> str:
    """ "Wexcombe link workers, Hallow Lane Surgery"; "" for the whole organisation."""
    wanted = report.wanted
    found = [
        next((each.words for each in choices if each.value == value), value)
        for choices, value in (
            (report.teams, str(wanted.team_id or "")),
            (report.practices, wanted.practice),
            (report.referrers, wanted.referrer),
        )
        if value
    ]
    return ", ".join(found)


def csv_rows(report: Report) -> list[list[str]]:
    """A row for each line of each table, with the numbers as they were counted."""
    about = [str(report.month), narrowed_words(report)]
    return [
        [*about, table.title, row.label, "yes" if row.under else "", _words(row.parts), _words(row.now), row.counted]
        for table in presenters.tables(report)
        for row in table.rows
    ]


def _words(parts: Iterable[Part]) -> str:
    return " ".join(part.words for part in parts if part.words != "what changed")


def list_rows(number: Number, rows: Iterable[BehindRow]) -> list[list[str]]:
    """The rows behind a number, as a file."""
    return [_list_row(number, row) for row in rows]


def _list_row(number: Number, row: BehindRow) -> list[str]:
    line = of_key(number.code, row.key) if row.key else ""
    amount = "" if row.amount is None else str(row.amount)
    return [_day(row), row.name, row.words, line, row.team, row.referrer, row.practice, amount]


def _day(row: BehindRow) -> str:
    return clock.london(row.at).date().isoformat()


def document_of(report: Report, organisation: str) -> document.Report:
    """The report as a document to print, with how each number was counted."""
    tables = tuple(
        document.Table(
            table.title,
            tuple(document.Row(row.label, _with_now(row), row.counted, row.under) for row in table.rows),
        )
        for table in presenters.tables(report)
    )
    return document.Report(
        title=f"Monthly report: {report.month.words}",
        about=tuple(_about(report, organisation)),
        tables=tables,
        made_on=clock.today(),
        footer=f"{organisation}, {report.month.words}",
    )


def _with_now(row: presenters.Row) -> str:
    now = _words(row.now)
    return f"{_words(row.parts)} ({now})" if now else _words(row.parts)


def _about(report: Report, organisation: str) -> Iterator[str]:
    yield organisation
    if narrowed := narrowed_words(report):
        yield f"Only: {narrowed}"
    if report.signed:
        yield f"Signed off by {report.signed.by} on {written_datetime(report.signed.at, year=True)}"
        if report.signed.note:
            yield report.signed.note
    elif report.month.has_ended:
        yield "Not signed off yet: numbers can still change."
    else:
        yield f"So far: {report.month.words} has not ended."
    yield NOT_OUTSIDE
