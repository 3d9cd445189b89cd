"""Who asked for an e-mail in the morning."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts.models import Digest, Membership
from linkwell.accounts.scopes import staff_scope
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope

WITH_A_DAY = (Role.LINK_WORKER, Role.TEAM_LEAD)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asked for it, with the role in which they see their own day."""

    scope: Scope
    user_id: UUID
    email: str


def morning_readers(organisation_id: UUID, user_id: UUID | None = None) -> tuple[Reader, ...]:
    """Everybody of an organisation who supports people, asked for it and may sign in; or that one of them."""
    rows = Membership.objects.select_related("user").filter(
        organisation_id=organisation_id,
        ended_at=None,
        role__in=[role.value for role in WITH_A_DAY],
        user__digest=Digest.MORNING,
        user__is_active=True,
        **({"user_id": user_id} if user_id else {}),
    )
    found = {
        row.user_id: Reader(
            staff_scope(user_id=row.user_id, name=row.user.name, organisation_id=organisation_id, role=row.role),
            row.user_id,
            row.user.email,
        )
        for row in rows.order_by("user_id", "role")
    }
    return tuple(found.values())
