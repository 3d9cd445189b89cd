"""What is asked before a scope exists: which roles somebody holds now, and what second steps they have."""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator

from linkwell.accounts.models import Membership, User
from linkwell.core.permissions import ROLE_WORDS, Role

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role somebody holds now: in which organisation, and for team roles in which team."""

    membership_id: UUID
    organisation_id: UUID
    organisation_name: str
    team_name: str
    role: str

    @property
    def words(self) -> str:
        return ROLE_WORDS[Role(self.role)]


def roles_held(user_id: UUID) -> tuple[RoleRow, ...]:
    """The roles of one user that have not ended, in organisations that are open, by organisation and role."""
    held = Membership.objects.select_related("organisation", "team").filter(
        user_id=user_id, user__is_active=True, ended_at=None, organisation__closed_at=None
    )
    rows = [
        RoleRow(
            membership_id=each.pk,
            organisation_id=each.organisation_id,
            organisation_name=each.organisation.name,
            team_name=each.team.name if each.team is not None else "",
            role=each.role,
        )
        for each in held
    ]
    return tuple(sorted(rows, key=lambda row: (row.organisation_name.casefold(), row.words, row.team_name.casefold())))


def second_steps(user_id: UUID) -> tuple[str, ...]:
    """The kinds of second step somebody has set up, one for each authenticator app and passkey."""
    return tuple(Authenticator.objects.filter(user_id=user_id, type__in=SECOND_STEPS).values_list("type", flat=True))


def user_with_email(email: str) -> UUID | None:
    """Who signs in with this address, capitals or not."""
    return User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()


def user_by_id(user_id: UUID) -> User:
    """The user for the sign-in machinery, which needs the object itself."""
    return User.objects.get(pk=user_id)
