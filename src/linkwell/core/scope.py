"""Who is acting, for which organisation, in which role, and why. Every action and query takes one."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from linkwell.core.permissions import Permission, Role
from linkwell.kernel.errors import NotAllowed, NotFound


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

    @property
    def link(self) -> tuple[UUID, UUID]:
        """The link that acts and the one thing it may act on. Raises NotFound for any other actor."""
        if self.actor_kind is not ActorKind.LINK or self.actor_id is None or self.object_id is None:
            raise NotFound
        return self.actor_id, self.object_id


def system_scope(organisation_id: UUID, purpose: str) -> Scope:
    """The scope of Linkwell's own work inside one organisation. There is no scope over all of them."""
    return Scope(ActorKind.SYSTEM, None, organisation_id, Role.SYSTEM, purpose, actor_name="Linkwell")
