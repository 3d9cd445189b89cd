"""The list behind a number, and what differs between a signed month and now."""
# ruff: noqa: S608 - every part of a statement is a constant of this app; what varies is a parameter.

from collections.abc import Iterator
from typing import Any, Literal

from django.db import connection

from linkwell.casework.permissions import SEE_CASES
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.impact.months import Month
from linkwell.impact.numbers import Number
from linkwell.impact.permissions import SEE_REPORT
from linkwell.impact.queries.asking import SIGNED, behind, narrowed, values
from linkwell.impact.queries.report import signed_month
from linkwell.impact.rows import BehindRow, Wanted
from linkwell.kernel.errors import NotFound
from linkwell.kernel.pages import Page
from linkwell.people.queries import kept_apart_ids

# now: as it stands; signed: as it was signed off; gone and new: counted then and not now, and the other way round.
Side = Literal["now", "signed", "gone", "new"]
SIDES: tuple[Side, ...] = ("now", "signed", "gone", "new")
PAGE_SIZE = 50
MOST_IN_A_FILE = 100_000
_NAME = """CASE WHEN p.id = ANY(%(apart)s) THEN 'A restricted record'
  ELSE coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name,
    r.given_name || ' ' || r.family_name, '') END"""
# A practice, a group or whoever referred says where somebody restricted is.
_PLACES = ", ".join(
    f"CASE WHEN p.id = ANY(%(apart)s) THEN '' ELSE {each} END"
    for each in ("coalesce(nullif(b.words, ''), u.name, r.reference, '')", "b.referrer", "b.practice_shown")
)


@query(SEE_REPORT)
def rows_behind(
    scope: Scope, month: Month, number: Number, key: str, wanted: Wanted, side: Side, page: int
) -> Page[BehindRow]:
    """One page of the rows that a number counts, the oldest first (the longest first for a longest wait)."""
    rows, asked = _side(scope, month, number, key, wanted, side)
    total = _fetch(f"SELECT count(*) FROM ({rows}) counted", asked)[0][0]
    asked |= {"limit": PAGE_SIZE + 1, "offset": (page - 1) * PAGE_SIZE}
    return Page.of(list(_read(scope, number, rows, asked)), number=page, size=PAGE_SIZE, total=total)


@query(SEE_REPORT, opening=True)
def every_row_behind(
    scope: Scope, month: Month, number: Number, key: str, wanted: Wanted, side: Side
) -> tuple[BehindRow, ...]:
    """All the rows that a number counts, for a file. Leaves a trail: a list of people leaves the screen."""
    rows, asked = _side(scope, month, number, key, wanted, side)
    audit.record(scope, "took a list", "report", None)
    return tuple(_read(scope, number, rows, asked | {"limit": MOST_IN_A_FILE, "offset": 0}))


def _side(
    scope: Scope, month: Month, number: Number, key: str, wanted: Wanted, side: Side
) -> tuple[str, dict[str, Any]]:
    """The SELECT of a side of a number, and the values it is asked with. Raises NotFound for an unsigned month."""
    asked = values(scope, month, wanted, (number.code,)) | {"number": number.code, "key": key}
    where = f"number = %(number)s AND {narrowed(wanted)}{' AND key = %(key)s' if key else ''}"
    now = f"SELECT * FROM ({behind((number.code,))}) b WHERE {where}"
    if side == "now":
        return now, asked
    signed = signed_month(scope, month)
    if signed is None:
        raise NotFound
    asked["signed"] = signed.id
    then = f"SELECT * FROM ({SIGNED}) b WHERE {where}"
    one, other = (now, then) if side == "new" else (then, now)
    if side == "signed":
        return then, asked
    return f"SELECT * FROM ({one}) x WHERE (key, id) NOT IN (SELECT key, id FROM ({other}) y)", asked


def _read(scope: Scope, number: Number, rows: str, asked: dict[str, Any]) -> Iterator[BehindRow]:
    first = "b.amount DESC, " if number.amount == "most" else ""
    statement = (
        f"SELECT b.id, b.at, b.key, {_NAME}, t.name, {_PLACES}, b.case_id, b.referral_id, b.amount FROM ({rows}) b"
        " LEFT JOIN people_person p ON p.id = b.person_id LEFT JOIN referrals_referral r ON r.id = b.referral_id"
        " LEFT JOIN accounts_team t ON t.id = b.team_id"
        " LEFT JOIN accounts_membership m ON m.id = b.id LEFT JOIN accounts_user u ON u.id = m.user_id"
        f" ORDER BY {first}b.at, b.id, b.key LIMIT %(limit)s OFFSET %(offset)s"
    )
    rows_of = asked | {"apart": list(kept_apart_ids(scope))}
    reads = scope.may(SEE_CASES)
    for row_id, at, key, name, team, words, referrer, practice, case_id, referral_id, amount in _fetch(
        statement, rows_of
    ):
        yield BehindRow(
            id=row_id,
            at=at,
            key=key,
            name=name if reads else "",
            words=words,
            team=team or "",
            referrer=referrer,
            practice=practice,
            case_id=case_id if reads else None,
            referral_id=referral_id if reads else None,
            amount=amount,
        )


def _fetch(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
