"""The test place: three organisations, a team, and the people who matter in a test — owner, colleague, stranger."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope, system_scope
from tests.databases import django_db_setup, own_database

__all__ = ["django_db_setup", "own_database"]


@dataclass(frozen=True)
class Member:
    """A user with one role, and the scope they act under."""

    user_id: UUID
    membership_id: UUID
    email: str
    scope: Scope


@dataclass(frozen=True)
class Place:
    """Wexcombe: a voluntary organisation with a team, a GP practice that refers to it, and strangers elsewhere."""

    organisation_id: UUID
    team_id: UUID
    practice_id: UUID
    stranger_organisation_id: UUID
    stranger_team_id: UUID
    worker: Member
    colleague: Member
    lead: Member
    safeguarding_lead: Member
    administrator: Member
    referrer: Member
    stranger: Member
    stranger_lead: Member
    system: Scope


def make_member(name: str, role: Role, organisation_id: UUID, team_id: UUID | None = None) -> Member:
    from linkwell.accounts.models import Membership, User

    email = f"{name.lower().replace(' ', '.')}@example.org"
    user = User.objects.create(email=email, name=name)
    membership = Membership.objects.create(user=user, organisation_id=organisation_id, team_id=team_id, role=role)
    scope = Scope(ActorKind.USER, user.pk, organisation_id, role, "direct care", actor_name=name)
    return Member(user.pk, membership.pk, email, scope)


@pytest.fixture
def new_member(db: None) -> Callable[..., Member]:
    return make_member


@pytest.fixture
def client_for(db: None) -> Callable[[Member], Client]:
    """A browser in which this member has signed in, second step included, and acts in their role."""

    return sign_in


def sign_in(member: Member) -> Client:
    """A browser in which a member has signed in with both steps."""
    from linkwell.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(pk=member.user_id))
    session = client.session
    session["membership"] = str(member.membership_id)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.user_id)
    session.save()
    return client


@pytest.fixture
def place(db: None) -> Place:
    return make_place()


@pytest.fixture
def place_committed(own_database: str) -> Place:
    """The same place in a database where transactions really commit."""
    return make_place()


def make_place() -> Place:
    from linkwell.accounts.models import Organisation, Team

    home = Organisation.objects.create(code="WEX01", name="Wexcombe Community Links", kind="voluntary")
    practice = Organisation.objects.create(code="P90001", name="Mill Lane Surgery", kind="practice")
    elsewhere = Organisation.objects.create(code="ELS01", name="Elsewhere Together", kind="voluntary")
    team = Team.objects.create(organisation=home, name="Wexcombe link workers", slug="wexcombe", phone="01632 960001")
    other = Team.objects.create(organisation=elsewhere, name="Elsewhere link workers", slug="elsewhere")
    lead = make_member("Lena Hart", Role.TEAM_LEAD, home.pk, team.pk)
    safeguarding = make_member("Grace Obi", Role.SAFEGUARDING_LEAD, home.pk, team.pk)
    team.duty_user_id, team.second_duty_user_id, team.safeguarding_user_id = (
        lead.user_id,
        safeguarding.user_id,
        safeguarding.user_id,
    )
    team.save()
    return Place(
        organisation_id=home.pk,
        team_id=team.pk,
        practice_id=practice.pk,
        stranger_organisation_id=elsewhere.pk,
        stranger_team_id=other.pk,
        worker=make_member("Sam Okafor", Role.LINK_WORKER, home.pk, team.pk),
        colleague=make_member("Priya Nair", Role.LINK_WORKER, home.pk, team.pk),
        lead=lead,
        safeguarding_lead=safeguarding,
        administrator=make_member("Ada Long", Role.ADMINISTRATOR, home.pk),
        referrer=make_member("Dr Ruth Bell", Role.REFERRER, practice.pk),
        stranger=make_member("Stan Strange", Role.LINK_WORKER, elsewhere.pk, other.pk),
        stranger_lead=make_member("Lyle Strange", Role.TEAM_LEAD, elsewhere.pk, other.pk),
        system=system_scope(home.pk, "test"),
    )
