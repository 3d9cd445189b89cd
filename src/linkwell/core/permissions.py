"""What each role may do. Deny by default: a permission names every role that holds it.

Each app declares its own in `permissions.py`; importing that module registers them.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles a membership, link or job can act in."""

    REFERRER = "referrer"
    CLINICIAN = "clinician"
    LINK_WORKER = "link_worker"
    TEAM_LEAD = "team_lead"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    ADMINISTRATOR = "administrator"
    GROUP = "group"
    PUBLIC = "public"
    SYSTEM = "system"


ROLE_WORDS = {
    Role.REFERRER: "Referrer",
    Role.CLINICIAN: "Hospital clinician",
    Role.LINK_WORKER: "Link worker",
    Role.TEAM_LEAD: "Team lead",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead",
    Role.ADMINISTRATOR: "Administrator",
    Role.GROUP: "Community group, from a link",
    Role.PUBLIC: "Someone asking for help",
    Role.SYSTEM: "Linkwell itself",
}

CARE_TEAM = frozenset({Role.LINK_WORKER, Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD})
LEADS = frozenset({Role.TEAM_LEAD, Role.SAFEGUARDING_LEAD})
# Who refers from outside the team. A clinician, besides, treats patients and sees why clinically.
REFERRERS = frozenset({Role.REFERRER, Role.CLINICIAN})
STAFF = CARE_TEAM | REFERRERS | {Role.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Permission:
    """A named right. `words` finishes the sentence "This role may ..."; `roles` hold it."""

    code: str
    words: str
    roles: frozenset[Role]


_registered: dict[str, Permission] = {}


def permission(code: str, words: str, *, roles: frozenset[Role]) -> Permission:
    """Declare a permission once; a second declaration of the same code is an error."""
    if code in _registered:
        raise ValueError(f"Permission {code} is declared twice.")
    declared = Permission(code, words, roles)
    _registered[code] = declared
    return declared


def registered() -> tuple[Permission, ...]:
    return tuple(sorted(_registered.values(), key=lambda each: each.code))
