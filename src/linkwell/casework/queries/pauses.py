"""Reading pauses: of one case, and those whose day has come."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import Case, Pause, PauseReason
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.people import queries as people


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One pause, in UK days. `ended_on` is the day support went on; None while it rests."""

    reason_words: str
    note: str
    from_on: dt.date
    until: dt.date
    ended_on: dt.date | None


@query(SEE_CASES)
def pauses_of(scope: Scope, case_id: UUID) -> tuple[PauseRow, ...]:
    """Every pause of a case, the first one first."""
    rows = Pause.objects.filter(organisation_id=scope.organisation_id, case_id=case_id).order_by("started_at")
    return tuple(
        PauseRow(
            reason_words=str(PauseReason(row.reason).label),
            note=row.note,
            from_on=clock.london(row.started_at).date(),
            until=row.until,
            ended_on=clock.london(row.ended_at).date() if row.ended_at else None,
        )
        for row in rows
    )


@query(SEE_CASES)
def pauses_over(scope: Scope, today: dt.date, limit: int = 500) -> tuple[UUID, ...]:
    """Paused cases whose day to start again has come, the longest over first.

    Support of somebody of whom we were told that they died rests until that is confirmed or put right.
    """
    rows = Case.objects.filter(organisation_id=scope.organisation_id, state="paused", paused_until__lte=today)
    over = list(rows.order_by("paused_until", "pk").values_list("pk", "person_id")[:limit])
    died = people.who_died(scope, [person_id for _, person_id in over])
    return tuple(case_id for case_id, person_id in over if person_id not in died)
