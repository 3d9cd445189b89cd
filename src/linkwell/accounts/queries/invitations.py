"""Looking up an invitation by the secret of its link."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.accounts import tokens
from linkwell.accounts.models import Invitation
from linkwell.kernel import clock


@dataclass(frozen=True, slots=True)
class InvitationRow:
    id: UUID
    user_id: UUID
    name: str
    email: str
    organisation_id: UUID
    organisation_name: str


def open_invitation(token: str) -> InvitationRow | None:
    """The invitation of a link; None when it was used, has run out, was withdrawn, or never was."""
    row = (
        Invitation.objects.select_related("membership__user", "membership__organisation")
        .filter(
            token_hash=tokens.hashed(token),
            used_at=None,
            expires_at__gt=clock.now(),
            membership__ended_at=None,
            membership__user__is_active=True,
            membership__organisation__closed_at=None,
        )
        .first()
    )
    if row is None or row.membership.user.has_usable_password():
        return None
    member = row.membership
    return InvitationRow(
        row.pk, member.user_id, member.user.name, member.user.email, member.organisation_id, member.organisation.name
    )
