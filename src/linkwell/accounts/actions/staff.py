"""People who work here: inviting them, changing and ending their roles, and closing a leaver's sign-in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from linkwell.accounts import letters, tokens
from linkwell.accounts.actions.trust import ASK_OPERATOR, begin_anew, prepare_for_role, works_elsewhere
from linkwell.accounts.checks import TEAM_ROLES, check_role, is_email
from linkwell.accounts.details import RoleDetails
from linkwell.accounts.leavers import Left, left_behind
from linkwell.accounts.models import Invitation, Membership, Organisation, Team, User, WorkerDetails
from linkwell.accounts.permissions import MANAGE_STAFF
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope
from linkwell.kernel import clock, postcode
from linkwell.kernel.errors import Invalid, InvalidMove, NotFound

INVITATION_DAYS = 7


@dataclass(frozen=True, slots=True)
class Invited:
    """`token` is the secret of the link, told once; empty for somebody who already signs in."""

    membership_id: UUID
    user_id: UUID
    token: str


class StillBusy(InvalidMove):
    """Somebody cannot leave while work waits for them; `left` says what."""

    def __init__(self, left: tuple[Left, ...]) -> None:
        self.left = left
        words = ", ".join(f"{each.name} ({each.count})" for each in left)
        super().__init__(f"This still waits for them: {words}. Give it to somebody else first.")


@action(MANAGE_STAFF)
def invite(*, scope: Scope, email: str, name: str, details: RoleDetails) -> Invited:
    """Give somebody a role here, and a link to set up their sign-in if they have none yet."""
    address = email.strip().lower()
    if not is_email(address):
        raise Invalid({"email": "Enter an e-mail address, like name@example.org."})
    if not 0 < len(name.strip()) <= 120:
        raise Invalid({"name": "Enter their name."})
    team_id = _checked_team(scope, details)
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = User(email=address, name=name.strip())
        user.set_unusable_password()
        user.save()
    else:
        prepare_for_role(scope, user)
    membership = _new_membership(scope, user.pk, team_id, details)
    token = "" if user.has_usable_password() else _invitation(membership)
    audit.record(scope, "invited", "user", user.pk, fields=("role",))
    return Invited(membership.pk, user.pk, token)


@action(MANAGE_STAFF)
def invite_again(*, scope: Scope, membership_id: UUID) -> Invited:
    """A new link for somebody whose first has ended; older ones stop working."""
    membership = _member(scope, membership_id)
    if scope.user_id is not None and works_elsewhere(scope, membership.user_id) and not letters.can_send():
        raise Invalid({"": ASK_OPERATOR})
    if membership.user.has_usable_password():
        raise Invalid({"": "They have a sign-in already, and can choose a new password on its page."})
    token = _invitation(membership)
    audit.record(scope, "invited_again", "user", membership.user_id)
    return Invited(membership.pk, membership.user_id, token)


@action(MANAGE_STAFF)
def reset_sign_in(*, scope: Scope, membership_id: UUID) -> Invited:
    """For a lost phone with no recovery code left: password and second steps begin anew, by a new link.

    Raises Invalid for somebody with a role elsewhere, unless asked for on the server itself.
    """
    membership = _member(scope, membership_id)
    if scope.user_id is not None and works_elsewhere(scope, membership.user_id):
        raise Invalid({"": ASK_OPERATOR})
    begin_anew(membership.user)
    token = _invitation(membership)
    audit.record(scope, "sign_in_reset", "user", membership.user_id)
    return Invited(membership.pk, membership.user_id, token)


@action(MANAGE_STAFF)
def note_invitation_emailed(*, scope: Scope, membership_id: UUID) -> None:
    """The link is on its way to the address, and to nobody else."""
    Invitation.objects.filter(
        membership_id=membership_id, membership__organisation_id=scope.organisation_id, used_at=None
    ).update(emailed=True)
    audit.record(scope, "invitation_emailed", "membership", membership_id)


def _invitation(membership: Membership) -> str:
    now = clock.now()
    Invitation.objects.filter(membership__user_id=membership.user_id, used_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    token = tokens.new_token()
    Invitation.objects.create(
        token_hash=tokens.hashed(token), membership=membership, expires_at=now + timedelta(days=INVITATION_DAYS)
    )
    return token


@action(MANAGE_STAFF)
def change_role(*, scope: Scope, membership_id: UUID, details: RoleDetails) -> UUID:
    """Change a role from now on. Another role or team ends the old one, which is kept. Answers with its id."""
    membership = _member(scope, membership_id)
    team_id = _checked_team(scope, details)
    if (membership.role, membership.team_id) == (details.role, team_id):
        membership.job_title = details.job_title
        membership.languages = list(details.languages)
        membership.working_days = sorted(details.working_days)
        membership.full_caseload = details.full_caseload
        membership.save()
        audit.record(scope, "changed", "membership", membership.pk, fields=("job_title", "languages", "working_days"))
        return membership.pk
    if membership.role == Role.ADMINISTRATOR:
        _keep_an_administrator(scope, membership)
    _end(membership)
    changed = _new_membership(scope, membership.user_id, team_id, details)
    Invitation.objects.filter(membership=membership, used_at=None).update(membership=changed)
    audit.record(scope, "role_changed", "user", membership.user_id, fields=("role", "team"))
    return changed.pk


@action(MANAGE_STAFF)
def end_role(*, scope: Scope, membership_id: UUID) -> None:
    """Take a role away, at once. Refused while it is their last here and work still waits for them."""
    membership = _member(scope, membership_id)
    others = _roles_here(scope, membership.user_id).exclude(pk=membership.pk)
    if not others.exists():
        _refuse_while_busy(scope, membership.user_id)
    _keep_an_administrator(scope, membership)
    _end(membership)
    audit.record(scope, "role_ended", "user", membership.user_id, fields=("role",))


@action(MANAGE_STAFF)
def close_user(*, scope: Scope, user_id: UUID) -> None:
    """Close a leaver's sign-in here. Raises StillBusy with a list while anything waits for them.

    Roles in other organisations stay; with the last one the sign-in itself is closed, and open sessions with it.
    """
    roles = list(_roles_here(scope, user_id).select_for_update(of=("self",)))
    if not roles:
        raise NotFound("We could not find that person.")
    _refuse_while_busy(scope, user_id)
    for membership in roles:
        _keep_an_administrator(scope, membership)
        _end(membership)
    if not Membership.objects.filter(user_id=user_id, ended_at=None).exists():
        User.objects.filter(pk=user_id).update(is_active=False)
    audit.record(scope, "closed", "user", user_id)


@action(MANAGE_STAFF)
def record_home_postcode(*, scope: Scope, user_id: UUID, home_postcode: str) -> None:
    """Where a member of staff lives, only to notice the opening of a neighbour's record. Empty removes it."""
    if not _roles_here(scope, user_id).exists():
        raise NotFound("We could not find that person.")
    value = str(postcode.parse(home_postcode)) if home_postcode.strip() else ""
    WorkerDetails.objects.update_or_create(
        organisation_id=scope.organisation_id, user_id=user_id, defaults={"home_postcode": value}
    )
    audit.record(scope, "changed", "worker_details", user_id, fields=("home_postcode",))


def _member(scope: Scope, membership_id: UUID) -> Membership:
    found = (
        Membership.objects.select_related("user")
        .select_for_update(of=("self",))
        .filter(pk=membership_id, organisation_id=scope.organisation_id, ended_at=None)
        .first()
    )
    if found is None:
        raise NotFound("We could not find that person.")
    return found


def _roles_here(scope: Scope, user_id: UUID) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=user_id, organisation_id=scope.organisation_id, ended_at=None)


def _checked_team(scope: Scope, details: RoleDetails) -> UUID | None:
    """The team of a team role, which must be one of this organisation; None for other roles."""
    check_role(details)
    if details.role not in TEAM_ROLES:
        return None
    teams = set(Team.objects.filter(organisation_id=scope.organisation_id).values_list("pk", flat=True))
    if details.team_id not in teams:
        raise Invalid({"team": "Choose one of your teams."})
    return details.team_id


def _new_membership(scope: Scope, user_id: UUID, team_id: UUID | None, details: RoleDetails) -> Membership:
    held = {(each.team_id, each.role) for each in _roles_here(scope, user_id)}
    if (team_id, details.role) in held:
        raise Invalid({"email": "They have this role here already."})
    return Membership.objects.create(
        user_id=user_id,
        organisation_id=scope.organisation_id,
        team_id=team_id,
        role=details.role,
        job_title=details.job_title,
        languages=list(details.languages),
        working_days=sorted(details.working_days),
        full_caseload=details.full_caseload,
    )


def _end(membership: Membership) -> None:
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])


def _refuse_while_busy(scope: Scope, user_id: UUID) -> None:
    left = left_behind(scope, user_id)
    if left:
        raise StillBusy(left)


def _keep_an_administrator(scope: Scope, leaving: Membership) -> None:
    """An organisation nobody can run is locked for good."""
    if leaving.role != Role.ADMINISTRATOR:
        return
    Organisation.objects.select_for_update().get(pk=scope.organisation_id)
    others = Membership.objects.filter(
        organisation_id=scope.organisation_id, role=Role.ADMINISTRATOR, ended_at=None, user__is_active=True
    ).exclude(pk=leaving.pk)
    if not others.exists():
        raise InvalidMove("This is the last administrator. Make somebody else one first.")


def tell_invited(*, name: str, email: str, organisation_name: str, address: str) -> bool:
    """Post the link; False when no e-mail can be sent, so that it can be handed over in another way."""
    return letters.send(email, *letters.invitation(name, organisation_name, address, INVITATION_DAYS))
