"""A list of places behind a link."""

from dataclasses import dataclass
from uuid import UUID

from linkwell.kernel import clock
from linkwell.onward.links import hashed
from linkwell.onward.models import ListLink


@dataclass(frozen=True, slots=True)
class OpenedList:
    """What a link leads to: public places, by their ids, and in which print."""

    id: UUID
    organisation_id: UUID
    service_ids: tuple[UUID, ...]
    look: str


def opened_list(token: str) -> OpenedList | None:
    """The list with this token, before any scope exists; None when there is none, or its time is over."""
    found = ListLink.objects.filter(token_hash=hashed(token), expires_at__gt=clock.now()).first()
    if found is None:
        return None
    return OpenedList(found.pk, found.organisation_id, tuple(found.service_ids), found.look)
