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

MOST = 10


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """Somebody is at this hospital: its name and since when, and nothing of why or where in it."""

    person_id: UUID
    name: str
    site: str
    arrived_at: dt.datetime


@query(SEE_ARRIVALS)
def at_hospital(scope: Scope, worker_id: UUID) -> tuple[ArrivalRow, ...]:
    """Of the people this worker supports or covers for today, the newest arrival first.

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
    return tuple(
        ArrivalRow(
            each.person_id,
            like_it(each.person.preferred_name, each.person.given_name, each.person.family_name),
            each.site,
            each.arrived_at,
        )
        for each in rows[:MOST]
    )
