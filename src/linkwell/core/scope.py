"""Who is acting, for which organisation, in which role, and why. Every action and query takes one."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from linkwell.core.permissions import Permission, Role
from linkwell.kernel.errors import NotAllowed


class ActorKind(StrEnum):
    USER = "user"
    LINK = "link"
    CLIENT = "client"
    FEED = "feed"
    PUBLIC = "public"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Scope:
    """A frozen statement of authority.

    `actor_id` is the user, link or client; it is None for the public and for jobs of Linkwell itself.
    `actor_name` is for the screen only and never stored in the audit.
    `object_id` is the one thing a link may act on.
    """

    actor_kind: ActorKind
    actor_id: UUID | None
    organisation_id: UUID
    role: Role
    purpose: str
    actor_name: str = ""
    object_id: UUID | None = None

    def may(self, permission: Permission) -> bool:
        """Jobs of Linkwell itself may do anything, inside their one organisation."""
        return self.role in permission.roles or self.role is Role.SYSTEM

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role holds the permission."""
        if not self.may(permission):
            raise NotAllowed(f"Your role cannot {permission.words}.")

    @property
    def user_id(self) -> UUID | None:
        return self.actor_id if self.actor_kind is ActorKind.USER else None

    def as_json(self) -> dict[str, str | None]:
        """Ids only, for an outbox row; a job then runs under exactly this scope."""
        return {
            "actor_kind": self.actor_kind.value,
            "actor_id": str(self.actor_id) if self.actor_id else None,
            "organisation_id": str(self.organisation_id),
            "role": self.role.value,
            "purpose": self.purpose,
        }


def system_scope(organisation_id: UUID, purpose: str) -> Scope:
    """The scope of Linkwell's own work inside one organisation. There is no scope over all of them."""
    return Scope(ActorKind.SYSTEM, None, organisation_id, Role.SYSTEM, purpose, actor_name="Linkwell")
