"""The figures of a month: as they are now, as they were signed off, and by team, practice or referrer."""
# ruff: noqa: S608 - every part of a statement is a constant of this app; what varies is a parameter.

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

from django.db import connection

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.impact.models import SignedMonth
from linkwell.impact.months import Month
from linkwell.impact.permissions import SEE_REPORT
from linkwell.impact.queries.asking import (
    PRACTICE,
    PRACTICE_SHOWN,
    SIGNED,
    behind,
    choices,
    narrowed,
    narrowing,
    team_names,
    values,
)
from linkwell.impact.queries.sizes import list_sizes
from linkwell.impact.rows import Figure, Figures, Report, Signed, SliceRow, Wanted
from linkwell.kernel.pages import Page

By = Literal["team", "practice", "referrer"]
PAGE_SIZE = 25
_COUNTS = "count(*) AS count, coalesce(sum(amount), 0) AS total, max(amount) AS most"
# For each: the column counted by, the value it stands for, and how that is written.
_BY = {
    "team": ("team_id", "b.team_id", "''"),
    "practice": ("named", PRACTICE, PRACTICE_SHOWN),
    "referrer": ("referrer", "b.referrer", "b.referrer"),
}
# What a table by team, practice or referrer compares.
COMPARED = {
    "received": "Referrals",
    "accepted": "Accepted",
    "declined": "Not taken",
    "waiting": "Waiting",
    "open": "Supported",
    "talked": "Talks",
    "onward_made": "Onward",
    "onward_attended": "Came",
    "closed": "Ended",
}


@query(SEE_REPORT)
def report(scope: Scope, month: Month, wanted: Wanted) -> Report:
    """The report of a month, narrowed as wanted. A signed month gives what was signed, and beside it what is now."""
    asked, signed = values(scope, month, wanted), signed_month(scope, month)
    figures: Figures = _figures(behind(columns=("amount", *narrowing(wanted))), asked, wanted)
    if signed:
        figures = _then_and_now(asked | {"signed": signed.id}, figures, wanted)
    size = list_sizes(scope, month).get(wanted.practice) if wanted.practice else None
    return Report(month, wanted, figures, signed, size, *choices(scope, asked))


@query(SEE_REPORT)
def signed_off(scope: Scope, month: Month) -> Signed | None:
    """Who signed a month off, if anybody did."""
    return signed_month(scope, month)


@query(SEE_REPORT)
def compared(scope: Scope, month: Month, by: By, page: int) -> Page[SliceRow]:
    """A few figures for each team, practice or referrer, by name. As they are now, whether signed off or not."""
    asked = values(scope, month, Wanted(), COMPARED)
    column, counted_for, shown_as = _BY[by]
    # Counted by the name as it was typed, and only then folded.
    typed = (
        f"SELECT {column}, number, key, {_COUNTS} FROM ({behind(COMPARED, (column, 'amount'))}) b"
        f" GROUP BY {column}, number, key"
    )
    statement = (
        f"SELECT {counted_for}, min({shown_as}), number, key, sum(count), sum(total), max(most) FROM ({typed}) b"
        " GROUP BY 1, number, key"
    )
    found: dict[Any, dict[tuple[str, str], Figure]] = {}
    shown: dict[Any, str] = {}
    for value, practice, number, key, *counts in _all(statement, asked):
        found.setdefault(value, {})[number, key] = Figure(*counts)
        shown[value] = min(shown.get(value, practice), practice) if by == "practice" else str(value)
    if by == "team":
        shown |= team_names(scope)
    sizes = list_sizes(scope, month) if by == "practice" else {}
    rows = [
        SliceRow(str(value or ""), shown[value] or "Not recorded", _with_totals(figures), sizes.get(value))
        for value, figures in sorted(found.items(), key=lambda each: shown[each[0]].casefold())
    ]
    start = (page - 1) * PAGE_SIZE
    return Page.of(rows[start : start + PAGE_SIZE + 1], number=page, size=PAGE_SIZE, total=len(rows))


@query(SEE_REPORT)
def signed_months(scope: Scope) -> dict[Month, Signed]:
    """Every month signed off, the newest first."""
    rows = SignedMonth.objects.filter(organisation_id=scope.organisation_id).select_related("signed_by")
    return {
        Month(each.month): Signed(each.pk, each.signed_by.name, each.signed_at, each.note)
        for each in rows.order_by("-month")[:120]
    }


def signed_month(scope: Scope, month: Month) -> Signed | None:
    """As `signed_off`, inside a query or an action."""
    found = (
        SignedMonth.objects.filter(organisation_id=scope.organisation_id, month=month.first)
        .select_related("signed_by")
        .first()
    )
    return Signed(found.pk, found.signed_by.name, found.signed_at, found.note) if found else None


def _figures(rows: str, asked: dict[str, Any], wanted: Wanted) -> dict[tuple[str, str], Figure]:
    statement = f"SELECT number, key, {_COUNTS} FROM ({rows}) behind WHERE {narrowed(wanted)} GROUP BY number, key"
    return _with_totals({(number, key): Figure(*counts) for number, key, *counts in _all(statement, asked)})


def _then_and_now(asked: dict[str, Any], now: Figures, wanted: Wanted) -> Figures:
    """Each figure as it was signed, with how it stands now and how many rows differ."""
    then, changed = _figures(SIGNED, asked, wanted), _changed(asked, wanted)
    figures = {}
    for each in sorted({*now, *then}):
        was = then.get(each, Figure())
        figures[each] = Figure(was.count, was.total, was.most, now.get(each, Figure()), changed.get(each, 0))
    return figures


def _changed(asked: dict[str, Any], wanted: Wanted) -> dict[tuple[str, str], int]:
    """For each figure, how many rows were counted then and are not now, or the other way round."""
    sides = " UNION ALL ".join(
        f"SELECT number, key, id, {side} AS side FROM ({rows}) rows{side} WHERE {narrowed(wanted)}"
        for side, rows in enumerate((SIGNED, behind(columns=("id", *narrowing(wanted)))))
    )
    differing = f"SELECT number, key FROM ({sides}) s GROUP BY number, key, id HAVING count(DISTINCT side) = 1"
    statement = f"SELECT number, key, count(*) FROM ({differing}) d GROUP BY number, key"
    changed = {(number, key): count for number, key, count in _all(statement, asked)}
    for (number, key), count in tuple(changed.items()):
        if key:
            changed[number, ""] = changed.get((number, ""), 0) + count
    return changed


def _with_totals(figures: dict[tuple[str, str], Figure]) -> dict[tuple[str, str], Figure]:
    """The same, with all of a number that is broken down under the key ""."""
    whole: dict[tuple[str, str], list[Figure]] = {}
    for (number, key), figure in figures.items():
        if key:
            whole.setdefault((number, ""), []).append(figure)
    return figures | {each: _sum(parts) for each, parts in whole.items()}


def _sum(parts: Iterable[Figure]) -> Figure:
    known = list(parts)
    most = [each.most for each in known if each.most is not None]
    return Figure(
        sum(each.count for each in known),
        sum((each.total for each in known), Decimal(0)),
        max(most) if most else None,
    )


def _all(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
