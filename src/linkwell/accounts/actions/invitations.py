"""Using an invitation: once, in time, to choose a first password."""

from uuid import UUID

from allauth.account.models import EmailAddress

from linkwell.accounts.models import Invitation
from linkwell.accounts.permissions import ACCEPT_INVITATION
from linkwell.accounts.queries.invitations import open_invitation
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope, system_scope
from linkwell.kernel import clock
from linkwell.kernel.errors import NotFound


def accept_invitation(*, token: str, password: str) -> UUID:
    """Set the first password of the person invited; answers with their id. Raises NotFound for an ended link."""
    found = open_invitation(token)
    if found is None:
        raise NotFound("This invitation has ended.")
    return _accept(scope=system_scope(found.organisation_id, "sign-in"), invitation_id=found.id, password=password)


@action(ACCEPT_INVITATION)
def _accept(*, scope: Scope, invitation_id: UUID, password: str) -> UUID:
    row = Invitation.objects.select_related("membership__user").select_for_update(of=("self",)).get(pk=invitation_id)
    user = row.membership.user
    if row.used_at is not None or user.has_usable_password():
        raise NotFound("This invitation has ended.")
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    # Only a link that went by e-mail shows that the address is theirs.
    if row.emailed:
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    audit.record(scope, "invitation_accepted", "user", user.pk)
    return user.pk
