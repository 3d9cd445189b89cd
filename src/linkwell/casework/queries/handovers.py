"""Offers to hand somebody over: of one case, and those nobody has answered."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import HandOver
from linkwell.casework.models.handovers import KINDS
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """One offer as it stands. `next_date` is by when they should have answered; `answer` what they said."""

    id: UUID
    case_id: UUID
    person_id: UUID
    team_name: str
    organisation_name: str
    team_phone: str
    reference: str
    state: str
    state_words: str
    parts: tuple[str, ...]
    offered_by: str
    offered_at: dt.datetime
    next_date: dt.date | None
    decided_at: dt.datetime | None
    answer: str
    version: int

    @property
    def is_overdue(self) -> bool:
        return self.next_date is not None and self.next_date < clock.today()


@query(SEE_CASES)
def hand_overs_of(scope: Scope, case_id: UUID) -> tuple[HandOverRow, ...]:
    """Offers about one case, the newest first."""
    rows = HandOver.objects.filter(organisation_id=scope.organisation_id, case_id=case_id)
    return tuple(
        _row(row) for row in rows.select_related("to_team__organisation", "offered_by").order_by("-offered_at")
    )


@query(SEE_CASES)
def hand_over(scope: Scope, hand_over_id: UUID) -> HandOverRow:
    """Raises NotFound."""
    rows = HandOver.objects.filter(organisation_id=scope.organisation_id, pk=hand_over_id)
    row = rows.select_related("to_team__organisation", "offered_by").first()
    if row is None:
        raise NotFound
    return _row(row)


@query(SEE_CASES)
def silent_hand_overs(scope: Scope) -> tuple[UUID, ...]:
    """Offers that should have been answered before today, the oldest first."""
    rows = HandOver.objects.filter(organisation_id=scope.organisation_id, state="offered", next_date__lt=clock.today())
    return tuple(rows.order_by("next_date").values_list("pk", flat=True)[:500])


def _row(row: HandOver) -> HandOverRow:
    return HandOverRow(
        id=row.pk,
        case_id=row.case_id,
        person_id=row.person_id,
        team_name=row.to_team.name,
        organisation_name=row.to_team.organisation.name,
        team_phone=row.to_team.phone,
        reference=row.reference,
        state=row.state,
        state_words=row.moves.words[row.state],
        parts=tuple(KINDS[kind] for kind in row.parts if kind in KINDS),
        offered_by=row.offered_by.name,
        offered_at=row.offered_at,
        next_date=row.next_date,
        decided_at=row.decided_at,
        answer=row.answer,
        version=row.version,
    )
