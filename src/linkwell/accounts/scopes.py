"""Scopes of those who do not sign in, and of those who do."""

from uuid import UUID

from linkwell.accounts.queries.teams import TeamRow
from linkwell.core.permissions import Role
from linkwell.core.scope import ActorKind, Scope

DIRECT_CARE = "direct care"


def public_scope(team: TeamRow) -> Scope:
    """Somebody asking a team for help, without an account: they may leave something and read nothing."""
    return Scope(
        ActorKind.PUBLIC,
        None,
        team.organisation_id,
        Role.PUBLIC,
        "asking for help",
        actor_name="Someone asking for help",
    )


def group_asking_scope(organisation_id: UUID) -> Scope:
    """Somebody from a community group who asks to keep its listing, without an account: they may ask and no more."""
    return Scope(ActorKind.PUBLIC, None, organisation_id, Role.PUBLIC, "keeping a listing", actor_name="Somebody")


def link_scope(organisation_id: UUID, link_id: UUID, object_id: UUID) -> Scope:
    """Whoever holds a link from an e-mail: one organisation, one thing."""
    return Scope(
        ActorKind.LINK,
        link_id,
        organisation_id,
        Role.GROUP,
        "answering from a link",
        actor_name="Community group",
        object_id=object_id,
    )


def own_link_scope(organisation_id: UUID, link_id: UUID, object_id: UUID) -> Scope:
    """Somebody supported who answers from a link of their own: one organisation, one thing."""
    return Scope(
        ActorKind.LINK,
        link_id,
        organisation_id,
        Role.PUBLIC,
        "answering from a link of their own",
        actor_name="They themselves",
        object_id=object_id,
    )


def staff_scope(*, user_id: UUID, name: str, organisation_id: UUID, role: str) -> Scope:
    """Somebody signed in, in one of their roles."""
    return Scope(ActorKind.USER, user_id, organisation_id, Role(role), DIRECT_CARE, actor_name=name)
