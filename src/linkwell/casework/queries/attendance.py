"""Appointments that were missed, and what got in the way."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.attendance import is_brought
from linkwell.casework.models import NOT_ATTENDED, Appointment, Barrier, Case, GotInTheWay
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What somebody said got in the way. `barriers` are words for the screen."""

    barriers: tuple[str, ...]
    words: str
    what_could_help: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """`missed`: appointments not attended since somebody last asked why; `must_ask`: before the next is booked.

    `brought`: somebody else brings this person, so that "did not attend" is never said of them.
    """

    missed: int
    must_ask: bool
    brought: bool
    asked: tuple[AskedRow, ...]


@query(SEE_CASES)
def missing(scope: Scope, case_id: UUID) -> Missing:
    """Raises NotFound."""
    case = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).select_related("person").first()
    if case is None:
        raise NotFound
    rows = GotInTheWay.objects.filter(case=case).select_related("recorded_by").order_by("-created_at")
    asked = tuple(
        AskedRow(
            barriers=tuple(str(Barrier(each).label) for each in row.barriers),
            words=row.words,
            what_could_help=row.what_could_help,
            by=row.recorded_by.name,
            at=row.created_at,
        )
        for row in rows
    )
    missed = missed_since_asked(case)
    return Missing(
        missed, missed >= accounts.rules(case.team_id).missed_before_asking, brought(case, clock.today()), asked
    )


def missed_since_asked(case: Case) -> int:
    """Called inside an action or query that has the case."""
    last = GotInTheWay.objects.filter(case=case).order_by("-created_at").values_list("created_at", flat=True).first()
    rows = Appointment.objects.filter(case=case, state__in=NOT_ATTENDED)
    return rows.filter(interaction__created_at__gt=last).count() if last else rows.count()


def brought(case: Case, on: dt.date) -> bool:
    """By their age on the day of the appointment. Called inside an action or query that has the case."""
    rules = accounts.rules(case.team_id)
    return is_brought(case.person.date_of_birth, on, for_children=rules.for_children)
