"""What is asked before a scope exists: which roles somebody holds now, and what second steps they have."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from linkwell.accounts.models import Membership, User
from linkwell.core.permissions import ROLE_WORDS, Role
from linkwell.core.written import written_once

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role somebody holds now: in which organisation, and for team roles in which team."""

    membership_id: UUID
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    team_name: str
    role: str

    @property
    def words(self) -> str:
        return ROLE_WORDS[Role(self.role)]


def roles_held(user_id: UUID) -> tuple[RoleRow, ...]:
    """The roles of one user that have not ended, in organisations that are open, by organisation and role."""
    rows = [RoleRow(*each) for each in _held(user_id)]
    return tuple(sorted(rows, key=lambda row: (row.organisation_name.casefold(), row.words, row.team_name.casefold())))


@written_once
def _held(user_id: UUID) -> QuerySet[Membership, tuple[UUID, UUID, str, str, str, str]]:
    """Asked on every request, so put into SQL once and of no more columns than a row shows."""
    held = Membership.objects.filter(user_id=user_id, user__is_active=True, ended_at=None, organisation__closed_at=None)
    team = Coalesce("team__name", Value(""))
    return held.values_list("pk", "organisation_id", "organisation__name", "organisation__kind", team, "role")


def second_steps(user_id: UUID) -> tuple[str, ...]:
    """The kinds of second step somebody has set up, one for each authenticator app and passkey."""
    return tuple(Authenticator.objects.filter(user_id=user_id, type__in=SECOND_STEPS).values_list("type", flat=True))


def user_with_email(email: str) -> UUID | None:
    """Who signs in with this address, capitals or not."""
    return User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()


def user_by_id(user_id: UUID) -> User:
    """The user for the sign-in machinery, which needs the object itself."""
    return User.objects.get(pk=user_id)
