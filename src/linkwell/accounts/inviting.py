"""An invitation and its letter: made in one transaction, posted after it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linkwell.accounts.actions.staff import (
    Invited,
    invite,
    invite_again,
    note_invitation_emailed,
    reset_sign_in,
    tell_invited,
)
from linkwell.accounts.details import RoleDetails
from linkwell.accounts.queries import organisation
from linkwell.accounts.queries.sign_in import roles_held
from linkwell.accounts.queries.staff import person_who_works_here
from linkwell.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an invitation. `link` is empty when it was e-mailed, or not needed."""

    user_id: UUID
    emailed: bool
    link: str
    words: str


def invite_and_tell(*, scope: Scope, email: str, name: str, details: RoleDetails) -> Sent:
    """Invite somebody, then e-mail the link; when no e-mail can be sent, hand it back to be passed on."""
    return _tell(scope, invite(scope=scope, email=email, name=name, details=details))


def invite_again_and_tell(*, scope: Scope, membership_id: UUID) -> Sent:
    return _tell(scope, invite_again(scope=scope, membership_id=membership_id))


def reset_and_tell(*, scope: Scope, membership_id: UUID) -> Sent:
    return _tell(scope, reset_sign_in(scope=scope, membership_id=membership_id))


def _tell(scope: Scope, made: Invited) -> Sent:
    person = person_who_works_here(scope, made.membership_id)
    if not made.token:
        words = f"{person.name} has a sign-in already and has the new role now."
        return Sent(made.user_id, emailed=False, link="", words=words)
    link = settings.ADDRESS + reverse("accounts:invitation", kwargs={"token": made.token})
    where = organisation(scope.organisation_id).name
    if tell_invited(name=person.name, email=person.email, organisation_name=where, address=link):
        note_invitation_emailed(scope=scope, membership_id=made.membership_id)
        return Sent(made.user_id, emailed=True, link="", words=f"We sent the invitation to {person.email}.")
    elsewhere = any(role.organisation_id != scope.organisation_id for role in roles_held(made.user_id))
    if scope.user_id is not None and elsewhere:
        words = f"The e-mail to {person.name} could not be sent. Try again later with “Invite again”."
        return Sent(made.user_id, emailed=False, link="", words=words)
    words = f"No e-mail can be sent from here. Give {person.name} this link, which works once:\n{link}"
    return Sent(made.user_id, emailed=False, link=link, words=words)
