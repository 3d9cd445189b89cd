"""Events of everybody a hospital treats, month by month: no row is of one person."""

import calendar
import datetime as dt

from linkwell.core.scope import Scope
from linkwell.evaluations.details import EvaluationRow, Row, Rows, Subject
from linkwell.evaluations.models import Counted
from linkwell.evaluations.queries import activity
from linkwell.evaluations.queries.leaving_out import kept
from linkwell.impact.months import Month


def rows(scope: Scope, asked: EvaluationRow) -> Rows:
    """A row for each whole month of the window that the files tell of. Raises Refused."""
    counted, window = Counted(asked.outcome.counted).value, asked.question
    with activity.opened(scope, [counted]) as con:
        until = activity.told_until(con, counted, window.ends_on)
        within = [window.starts_on, until]
        names = con.execute(
            f"select distinct person_id from {counted} where person_id <> '' and happened::date between ? and ?",  # noqa: S608
            within,
        ).fetchall()
        objectors = activity.names_of_objectors(scope)
        subjects = {name: Subject(name, activity.number_in(name), None, "", name in objectors) for (name,) in names}
        used, left = kept(scope, asked, subjects)
        activity.kept_apart(con, used)
        found = con.execute(
            f"select date_trunc('month', happened)::date, count(*) from {counted} "  # noqa: S608
            "where person_id in (select person_id from used) and happened::date between ? and ? group by 1",
            within,
        ).fetchall()
    counts = dict(found)
    months = _whole_months(window.starts_on, until)
    began = asked.comparison.began_on or window.ends_on
    return Rows(
        tuple(_row(month, counts.get(month.first, 0), began) for month in months),
        ("month", "events", "began", "days"),
        left,
    )


def _whole_months(first: dt.date, last: dt.date) -> list[Month]:
    found, month = [], Month.of(first) if first.day == 1 else Month.of(first).after
    while month.days[-1] <= last:
        found.append(month)
        month = month.after
    return found


def _row(month: Month, events: int, began: dt.date) -> Row:
    days = calendar.monthrange(month.first.year, month.first.month)[1]
    return {"month": str(month), "events": events, "began": int(month.first >= began), "days": days}
