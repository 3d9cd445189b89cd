"""Follow-ups of people whose record is restricted: named to whoever follows them up, and to nobody else.

Everybody else sees whose they are and how many are late, so that none is lost from sight, and nothing of whom.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linkwell.accounts.queries.staff import clinicians
from linkwell.core import audit
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import FollowUp
from linkwell.hospital.permissions import PLAN_GOING_HOME
from linkwell.hospital.queries.going_home import FollowUpRow, follow_up_row
from linkwell.kernel import clock

MOST = 100


@dataclass(frozen=True, slots=True)
class WithSomebody:
    """How many such follow-ups one colleague has to do, and how many are late."""

    owner_name: str
    due: int
    late: int


@query(PLAN_GOING_HOME, opening=True)
def own_kept_apart(scope: Scope) -> tuple[FollowUpRow, ...]:
    """Those of the person asking, the soonest first. That they were named is in the audit trail."""
    rows = _due(scope).filter(owner_id=scope.user_id).select_related("owner", "home_list__stay__patient")
    found = tuple(follow_up_row(each) for each in rows.order_by("due_on", "pk")[:MOST])
    if found and scope.user_id is not None:
        audit.record_opening(scope, "follow_ups_kept_apart", scope.user_id)
    return found


@query(PLAN_GOING_HOME)
def kept_apart_elsewhere(scope: Scope) -> tuple[WithSomebody, ...]:
    """Those of everybody else, by name of who does them."""
    late = Count("pk", filter=Q(due_on__lt=clock.today()))
    rows = _due(scope).exclude(owner_id=scope.user_id).order_by("owner__name", "owner_id")
    counted = rows.values("owner_id", "owner__name").annotate(number=Count("pk"), late=late)
    return tuple(WithSomebody(row["owner__name"], row["number"], row["late"]) for row in counted)


@query(PLAN_GOING_HOME)
def other_clinicians(scope: Scope) -> tuple[tuple[UUID, str], ...]:
    """Who can take such a follow-up over: id and name."""
    return tuple(each for each in clinicians(scope) if each[0] != scope.user_id)


def _due(scope: Scope) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(
        organisation_id=scope.organisation_id, state="due", home_list__stay__patient__restricted=True
    )
