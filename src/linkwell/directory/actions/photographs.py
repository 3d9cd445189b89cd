"""Pictures of a group's place: each with words for whoever does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.directory.actions.room import locked
from linkwell.directory.models import Photograph
from linkwell.directory.permissions import KEEP_LISTING
from linkwell.directory.queries.same import listings_of
from linkwell.kernel.errors import Invalid, NotFound

MOST = 4
LONGEST_ALT = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG drawn by ourselves, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


@action(KEEP_LISTING)
def add_photograph(*, scope: Scope, service_id: UUID, picture: Picture, alt: str) -> UUID:
    """Show a picture with a listing. Raises Invalid without words for it, and for more than four."""
    if not alt.strip() or len(alt) > LONGEST_ALT:
        raise Invalid({"alt": "Say in a sentence what the picture shows."})
    row = locked(scope, service_id)
    others = Photograph.objects.filter(service__in=listings_of(row.pk)).count()
    if others >= MOST:
        raise Invalid({"file": f"There can be {MOST} pictures. Take one away first."})
    added = Photograph.objects.create(
        organisation_id=row.organisation_id,
        service=row,
        jpeg=picture.jpeg,
        width=picture.width,
        height=picture.height,
        alt=alt.strip(),
        place=others,
    )
    audit.record(scope, "added", "photograph", added.pk, fields=("alt",))
    return added.pk


@action(KEEP_LISTING)
def take_photograph_away(*, scope: Scope, service_id: UUID, photograph_id: UUID) -> None:
    row = locked(scope, service_id)
    gone, _ = Photograph.objects.filter(service__in=listings_of(row.pk), pk=photograph_id).delete()
    if not gone:
        raise NotFound
    audit.record(scope, "took_away", "photograph", photograph_id)
