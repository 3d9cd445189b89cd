"""The test place: three organisations, a team, and the people who matter in a test — owner, colleague, stranger."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.test.client import ClientHandler

from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope, system_scope
from tests.databases import django_db_setup, own_database

__all__ = ["django_db_setup", "own_database"]

# One for all clients: each of their own would read the folder of static files anew.
_READY = ClientHandler(enforce_csrf_checks=False)


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
    return make_members((name, role, organisation_id, team_id))[0]


def make_members(*wanted: tuple[str, Role, UUID, UUID | None]) -> list[Member]:
    """All in two statements: nearly every test makes the place anew."""
    from linkwell.accounts.models import Membership, User

    users = [User(email=f"{name.lower().replace(' ', '.')}@example.org", name=name) for name, *_ in wanted]
    held = [
        Membership(user=user, role=role, organisation_id=organisation_id, team_id=team_id)
        for user, (_, role, organisation_id, team_id) in zip(users, wanted, strict=True)
    ]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(held)
    return [
        Member(
            one.user_id,
            one.pk,
            one.user.email,
            Scope(ActorKind.USER, one.user_id, one.organisation_id, role, "direct care", actor_name=one.user.name),
        )
        for one, (_, role, _, _) in zip(held, wanted, strict=True)
    ]


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

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = User.objects.get(pk=member.user_id).get_session_auth_hash()
    session["membership"] = str(member.membership_id)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.user_id)
    session.save()
    client = Client()
    client.handler = _READY
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
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

    home = Organisation(code="WEX01", name="Wexcombe Community Links", kind="voluntary")
    practice = Organisation(code="P90001", name="Mill Lane Surgery", kind="practice")
    elsewhere = Organisation(code="ELS01", name="Elsewhere Together", kind="voluntary")
    Organisation.objects.bulk_create([home, practice, elsewhere])
    team = Team(organisation=home, name="Wexcombe link workers", slug="wexcombe", phone="01632 960001")
    other = Team(organisation=elsewhere, name="Elsewhere link workers", slug="elsewhere")
    Team.objects.bulk_create([team, other])
    lead, safeguarding, worker, colleague, administrator, referrer, stranger, stranger_lead = make_members(
        ("Lena Hart", Role.TEAM_LEAD, home.pk, team.pk),
        ("Grace Obi", Role.SAFEGUARDING_LEAD, home.pk, team.pk),
        ("Sam Okafor", Role.LINK_WORKER, home.pk, team.pk),
        ("Priya Nair", Role.LINK_WORKER, home.pk, team.pk),
        ("Ada Long", Role.ADMINISTRATOR, home.pk, None),
        ("Dr Ruth Bell", Role.REFERRER, practice.pk, None),
        ("Stan Strange", Role.LINK_WORKER, elsewhere.pk, other.pk),
        ("Lyle Strange", Role.TEAM_LEAD, elsewhere.pk, other.pk),
    )
    on_duty = {"duty_user_id": lead.user_id, "second_duty_user_id": safeguarding.user_id}
    Team.objects.filter(pk=team.pk).update(**on_duty, safeguarding_user_id=safeguarding.user_id)
    return Place(
        organisation_id=home.pk,
        team_id=team.pk,
        practice_id=practice.pk,
        stranger_organisation_id=elsewhere.pk,
        stranger_team_id=other.pk,
        worker=worker,
        colleague=colleague,
        lead=lead,
        safeguarding_lead=safeguarding,
        administrator=administrator,
        referrer=referrer,
        stranger=stranger,
        stranger_lead=stranger_lead,
        system=system_scope(home.pk, "test"),
    )
