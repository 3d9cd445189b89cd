"""Who changed something last: for whoever comes second and is to be told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.models import Action, Goal, Need
from linkwell.casework.permissions import SEE_CASES
from linkwell.core.models import AuditEvent
from linkwell.core.queries import query
from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who, and when (UTC)."""

    who: str
    at: dt.datetime


@query(SEE_CASES)
def last_change(scope: Scope, object_id: UUID, person_id: UUID) -> LastChange | None:
    """The newest change of one thing about somebody; openings do not count. None when nobody knows."""
    row = (
        AuditEvent.objects.filter(organisation_id=scope.organisation_id, person_id=person_id, object_id=object_id)
        .exclude(verb="opened")
        .order_by("-id")
        .first()
    )
    return _change(row)


@query(SEE_CASES)
def last_plan_change(scope: Scope, person_id: UUID) -> LastChange | None:
    """The newest change of any part of somebody's plan."""
    row = (
        AuditEvent.objects.filter(
            organisation_id=scope.organisation_id,
            person_id=person_id,
            object_kind__in=["plan", "need", "goal", "step"],
        )
        .exclude(verb="opened")
        .order_by("-id")
        .first()
    )
    return _change(row)


@query(SEE_CASES)
def plan_item(scope: Scope, kind: str, item_id: UUID) -> Mapping[str, Any] | None:
    """One part of a plan as it is stored now, by its fields; None when there is none."""
    held = {"organisation_id": scope.organisation_id, "pk": item_id}
    match kind:
        case "need":
            return Need.objects.filter(**held).values("words", "version").first()
        case "goal":
            return Goal.objects.filter(**held).values("words", "importance", "version").first()
        case _:
            return Action.objects.filter(**held).values("words", "who", "due_on", "confidence", "version").first()


def _change(row: AuditEvent | None) -> LastChange | None:
    if row is None:
        return None
    name = accounts.user_names([row.actor_id]).get(row.actor_id, "") if row.actor_id else ""
    return LastChange(name or "Somebody", row.at)
