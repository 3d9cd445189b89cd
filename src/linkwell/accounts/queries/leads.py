"""A lead named by e-mail address, for commands that two people have to stand behind."""

from uuid import UUID

from linkwell.accounts.models import Membership
from linkwell.accounts.scopes import staff_scope
from linkwell.core.permissions import LEADS
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound


def lead_scope(organisation_id: UUID, email: str) -> Scope:
    """The scope of a lead of this organisation. Raises NotFound for anybody else."""
    found = (
        Membership.objects.select_related("user")
        .filter(
            organisation_id=organisation_id,
            user__email__iexact=email.strip(),
            ended_at=None,
            role__in=sorted(each.value for each in LEADS),
        )
        .first()
    )
    if found is None:
        raise NotFound(f"{email} is not a lead of this organisation.")
    return staff_scope(user_id=found.user_id, name=found.user.name, organisation_id=organisation_id, role=found.role)
