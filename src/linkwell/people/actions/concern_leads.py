"""Who leads a safeguarding concern when its lead goes."""

from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.core import audit
from linkwell.core.scope import Scope
from linkwell.kernel.errors import Invalid
from linkwell.people.models import Concern
from linkwell.people.permissions import CONCERN_HANDLE


def concerns_led(scope: Scope, user_id: UUID) -> int:
    """Open concerns somebody leads. Called inside the action or query of whoever runs the staff list."""
    rows = Concern.objects.filter(organisation_id=scope.organisation_id, lead_id=user_id)
    return rows.exclude(state="closed").count()


def give_concerns_to(scope: Scope, from_user_id: UUID, to_user_id: UUID) -> None:
    """Each open concern to another lead. Raises Invalid for somebody who may not handle concerns."""
    leads = Membership.objects.filter(
        organisation_id=scope.organisation_id, user_id=to_user_id, role__in=CONCERN_HANDLE.roles, ended_at=None
    )
    if not leads.exists():
        raise Invalid({"to": "Concerns can only go to a safeguarding lead or a team lead."})
    rows = Concern.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id, lead_id=from_user_id
    )
    for row in rows.exclude(state="closed").order_by("pk"):
        row.lead_id = to_user_id
        row.version += 1
        row.save(update_fields=["lead", "version"])
        audit.record(scope, "given", "concern", row.pk, person_id=row.person_id, fields=("lead",))
