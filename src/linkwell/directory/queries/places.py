"""Where a place is: a postcode by the table of Great Britain, other words through the places the directory knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Q, QuerySet

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.directory import geography
from linkwell.directory.models import ServiceStatus, Venue
from linkwell.directory.permissions import FIND_SERVICES
from linkwell.kernel import postcode
from linkwell.kernel.errors import Invalid

LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees (WGS 84), and the words for the place: "ZW1 1AB", "Millfields"."""

    latitude: float
    longitude: float
    words: str = ""


@query(FIND_SERVICES)
def locate(scope: Scope, place: str) -> Point | None:
    """The middle of a postcode or a part of one; of what the directory knows at a place by name.

    None when nothing is known there. A postcode of the table needs no statement, anything else four at most.
    """
    said = " ".join(place.replace("\x00", " ").split())[:LONGEST_PLACE]
    if len(said) < 2:
        return None
    known = geography.place(said)
    if known is not None:
        return Point(known.latitude, known.longitude, postcode.normalise(said.upper()))
    for condition, words in _steps(said):
        found = _middle(_venues(scope).filter(condition), words)
        if found is not None:
            return found
    return None


@query(FIND_SERVICES)
def middle_of_directory(scope: Scope) -> Point | None:
    """A fixed point that depends on nobody: for ranking when a person's own place must not be used."""
    return _middle(_venues(scope), "")


def _steps(said: str) -> list[tuple[Q, str]]:
    try:
        code = postcode.parse(said)
    except Invalid:
        outward = said.upper()
        by_name = Q(name__icontains=said) | Q(address__icontains=said)
        return [(Q(postcode__istartswith=f"{outward} "), outward), (by_name, said)]
    return [
        (Q(postcode=str(code)), str(code)),
        (Q(postcode__startswith=code.sector), str(code)),
        (Q(postcode__startswith=f"{code.outward} "), str(code)),
    ]


def _venues(scope: Scope) -> QuerySet[Venue]:
    return Venue.objects.filter(
        organisation_id=scope.organisation_id, latitude__isnull=False, service__listed_as=None
    ).exclude(service__status=ServiceStatus.WITHDRAWN)


def _middle(venues: QuerySet[Venue], words: str) -> Point | None:
    found = venues.aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if found["latitude"] is None:
        return None
    return Point(found["latitude"], found["longitude"], words)
