"""Who of the people a worker supports is at a hospital now."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import Case
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.hospital.models import Arrival
from linkwell.hospital.permissions import SEE_ARRIVALS
from linkwell.kernel import clock
from linkwell.people.names import like_it
from linkwell.people.queries import kept_apart_ids
from linkwell.tasks.standing_in import own_or_covered, standing_in


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """Somebody is at this hospital: its name and since when, and nothing of why or where in it."""

    person_id: UUID
    name: str
    site: str
    arrived_at: dt.datetime


@query(SEE_ARRIVALS)
def at_hospital(scope: Scope, worker_id: UUID) -> tuple[ArrivalRow, ...]:
    """Of the people this worker supports or covers for today, the newest arrival first: each once at a site.

    Nobody restricted; at night nothing new.
    """
    whose = own_or_covered(worker_id, standing_in(scope, worker_id), owner="worker_id", person="person_id")
    theirs = Case.objects.filter(whose, organisation_id=scope.organisation_id).exclude(state="closed")
    rows = Arrival.objects.filter(
        organisation_id=scope.organisation_id,
        left_at=None,
        shown_from__lte=clock.now(),
        person__in=theirs.values("person_id"),
    )
    rows = rows.exclude(person_id__in=kept_apart_ids(scope)).select_related("person").order_by("-arrived_at", "pk")
    # A visit to A&E and the stay that came of it are one time in hospital, which began with the earlier of them.
    once = {(each.person_id, each.site): each for each in rows}
    return tuple(_row(each) for each in sorted(once.values(), key=lambda each: each.arrived_at, reverse=True))


def _row(arrival: Arrival) -> ArrivalRow:
    who = arrival.person
    name = like_it(who.preferred_name, who.given_name, who.family_name)
    return ArrivalRow(arrival.person_id, name, arrival.site, arrival.arrived_at)
