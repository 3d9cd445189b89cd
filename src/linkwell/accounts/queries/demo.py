"""When one-click sign-in may exist: only on this computer, only in a demonstration, only with made-up people."""

import ipaddress
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from linkwell.accounts.models import Membership, User
from linkwell.core.installation import is_fictional
from linkwell.core.permissions import ROLE_WORDS, Role


def demo_allowed() -> bool:
    """All three: the demo was asked for, the server listens only to this computer, the database is fictional."""
    return bool(settings.DEMO) and _loopback(settings.BIND) and is_fictional()


def _loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the made-up members of staff, with the words for what they do."""

    user_id: UUID
    name: str
    does: str


def demo_people() -> tuple[DemoPerson, ...]:
    """Made-up people with a role now, in order of organisation and role. Empty outside a demonstration."""
    if not demo_allowed():
        return ()
    held = Membership.objects.select_related("user", "organisation").filter(
        user__demo=True, user__is_active=True, ended_at=None, organisation__closed_at=None
    )
    does: dict[UUID, tuple[str, list[str]]] = {}
    for each in held.order_by("organisation__kind", "organisation__name", "role", "user__name"):
        words = f"{ROLE_WORDS[Role(each.role)]}, {each.organisation.name}"
        does.setdefault(each.user_id, (each.user.name, []))[1].append(words)
    return tuple(DemoPerson(user_id, name, "; ".join(words)) for user_id, (name, words) in does.items())


def demo_user(user_id: UUID) -> User | None:
    """A made-up person who may be signed in as; None for anybody real, and outside a demonstration."""
    return User.objects.filter(pk=user_id, demo=True, is_active=True).first() if demo_allowed() else None
