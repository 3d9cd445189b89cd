"""A person decides that two records are one person, and may take that back."""

from uuid import UUID

from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed, NotFound
from linkwell.people.actions.common import leave_trail, locked_person
from linkwell.people.actions.deaths import bring_back, follow_links
from linkwell.people.models import IdentityLink
from linkwell.people.permissions import IDENTITY_DECIDE
from linkwell.people.queries.identity import linked_set


@action(IDENTITY_DECIDE)
def link_identity(*, scope: Scope, record_id: UUID, same_as_id: UUID, reason: str) -> UUID:
    """Say that two records are one person. Moves nothing: both stay as they are and are read together.

    Linking what is linked already gives a plain message. Raises NotFound, Invalid.
    """
    if not reason.strip():
        raise Invalid({"reason": "Say how you know that they are the same person."})
    if len(reason) > 300:
        raise Invalid({"reason": "This can be up to 300 characters."})
    if record_id == same_as_id:
        raise Invalid({"": "These are the same record."})
    if scope.user_id is None:
        raise NotAllowed("Only a person can decide that two records are one person.")
    # In one order everywhere, so that two people linking the same pair wait for each other.
    for each in sorted((record_id, same_as_id)):
        locked_person(scope, each)
    if same_as_id in linked_set(scope, record_id):
        raise Invalid({"": "These records are already read as one person."})
    link = IdentityLink.objects.create(
        organisation_id=scope.organisation_id,
        record_id=record_id,
        same_as_id=same_as_id,
        reason=reason.strip(),
        decided_by_id=scope.user_id,
    )
    for each in (record_id, same_as_id):
        leave_trail(scope, "added", "identity_link", link.pk, each, ("same_as",), "Read together with another record")
    follow_links(scope, linked_set(scope, record_id))
    return link.pk


@action(IDENTITY_DECIDE)
def undo_identity_link(*, scope: Scope, link_id: UUID) -> None:
    """Take a link back: each record is read on its own again, with everything it had. Raises NotFound."""
    link = (
        IdentityLink.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=link_id, undone_at=None)
        .first()
    )
    if link is None:
        raise NotFound("We could not find that link, or it has been undone.")
    if scope.user_id is None:
        raise NotAllowed("Only a person can decide that.")
    link.undone_at = clock.now()
    link.undone_by_id = scope.user_id
    link.save(update_fields=["undone_at", "undone_by"])
    for each in (link.record_id, link.same_as_id):
        leave_trail(
            scope, "undone", "identity_link", link.pk, each, ("undone_at",), "No longer read with another record"
        )
        bring_back(scope, linked_set(scope, each))
