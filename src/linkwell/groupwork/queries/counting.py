"""What the monthly report says of sessions, clinics and meetings."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Sum

from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.groupwork.models import Clinic, ClinicSlot, Meeting, MeetingItem, SessionPlace, WorkerSession
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.kernel import clock


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Only what took place is counted. `came` counts visits, `people` those who came at least once.

    `slots` are the times of the clinics, of which `slots_booked` were given and `slots_used` somebody came to;
    walk-ins are people without a record, who may be the same from week to week.
    """

    sessions: int
    came: int
    people: int
    walk_ins: int
    clinics: int
    slots: int
    slots_booked: int
    slots_used: int
    clinic_walk_ins: int
    meetings: int
    discussed: int


@query(RUN_GROUPS)
def counts(scope: Scope, first: dt.date, last: dt.date, team_id: UUID | None = None) -> GroupCounts:
    """From one UK day to another, both included; of one team, or of the whole organisation."""
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    held = Q(organisation_id=scope.organisation_id, state="held", starts_at__gte=start, starts_at__lt=end)
    if team_id is not None:
        held &= Q(team_id=team_id)
    sessions = WorkerSession.objects.filter(held)
    clinics = Clinic.objects.filter(held)
    meetings = Meeting.objects.filter(held)
    walked = sessions.aggregate(number=Count("pk"), walk_ins=Sum("walk_ins"))
    came = SessionPlace.objects.filter(
        organisation_id=scope.organisation_id, session__in=sessions, came=True, ended_at=None
    ).aggregate(number=Count("pk"), people=Count("person_id", distinct=True))
    slots = ClinicSlot.objects.filter(organisation_id=scope.organisation_id, clinic__in=clinics).aggregate(
        number=Count("pk"),
        booked=Count("pk", filter=Q(state__in=["used", "not_used"])),
        used=Count("pk", filter=Q(state="used")),
    )
    clinic = clinics.aggregate(number=Count("pk"), walk_ins=Sum("walk_ins"))
    discussed = MeetingItem.objects.filter(organisation_id=scope.organisation_id, meeting__in=meetings)
    return GroupCounts(
        sessions=walked["number"],
        came=came["number"],
        people=came["people"],
        walk_ins=walked["walk_ins"] or 0,
        clinics=clinic["number"],
        slots=slots["number"],
        slots_booked=slots["booked"],
        slots_used=slots["used"],
        clinic_walk_ins=clinic["walk_ins"] or 0,
        meetings=meetings.count(),
        discussed=discussed.values("person_id").distinct().count(),
    )
