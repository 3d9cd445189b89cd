"""Whose next contact changes hands, and what a message to them needs. Read by the jobs that send it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from linkwell.casework.models import Appointment, Case, Cover
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.queries.cover import people_in
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.workforce.models import TalkRequest
from linkwell.workforce.queries.people import leads_of


@dataclass(frozen=True, slots=True)
class Contact:
    """One person and who comes or rings next. `starts_at` is the next booked time; `until` the last day of cover.

    `knows_us`: they have spoken with somebody here, so a new name means something to them.
    """

    case_id: UUID
    case_version: int
    person_id: UUID
    team_id: UUID
    phone: str
    staff_id: UUID
    staff: str
    appointment_id: UUID | None
    starts_at: dt.datetime | None
    until: dt.date | None
    knows_us: bool


@query(SEE_CASES)
def contact_after_move(scope: Scope, case_id: UUID) -> Contact | None:
    """Somebody who has another link worker; None when there is nobody to tell any more."""
    case = (
        Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id)
        .exclude(state__in=["closed", "waiting", "paused"])
        .select_related("worker", "team")
        .first()
    )
    if case is None or case.worker is None:
        return None
    booked = _booked(scope, {case.pk: None})
    return _contact(case, case.worker.pk, case.worker.name, booked.get(case.pk), None)


@query(SEE_CASES)
def contacts_of_cover(scope: Scope, arrangement: UUID) -> tuple[Contact, ...]:
    """Everybody whose next contact lies in the days of an arrangement: who comes then, or again, when it has ended."""
    today = clock.today()
    covers = list(
        Cover.objects.filter(organisation_id=scope.organisation_id, arrangement=arrangement, ends_on__gte=today)
        .select_related("covered_by", "worker")
        .order_by("rest", "pk")
    )
    if not covers:
        return ()
    first, last = max(covers[0].starts_on, today), covers[0].ends_on
    named = people_in(scope, [each.pk for each in covers])
    of_person = {person: each for each in covers for person in named.get(each.pk, ())}
    rest = next((each for each in covers if each.rest), covers[0])
    cases = list(
        Case.objects.filter(organisation_id=scope.organisation_id, worker_id=rest.worker_id)
        .exclude(state__in=["closed", "paused"])
        .select_related("team")
        .order_by("pk")
    )
    booked = _booked(scope, {case.pk: (first, last) for case in cases})
    found = []
    for case in cases:
        cover = of_person.get(case.person_id, rest)
        due = case.next_date is not None and first <= case.next_date <= last
        if case.pk not in booked and not due:
            continue
        ended = cover.ended_at is not None
        staff = cover.worker if ended else cover.covered_by
        found.append(_contact(case, staff.pk, staff.name, booked.get(case.pk), None if ended else last))
    return tuple(found)


def _booked(scope: Scope, within: dict[UUID, tuple[dt.date, dt.date] | None]) -> dict[UUID, Appointment]:
    """The next booked time still to come of each case, in its days where days are given."""
    rows = Appointment.objects.filter(
        organisation_id=scope.organisation_id, case_id__in=within.keys(), state="booked", starts_at__gt=clock.now()
    )
    found: dict[UUID, Appointment] = {}
    for row in rows.order_by("starts_at"):
        days, day = within[row.case_id], clock.london(row.starts_at).date()
        if row.case_id not in found and (days is None or days[0] <= day <= days[1]):
            found[row.case_id] = row
    return found


def _contact(case: Case, staff_id: UUID, name: str, booked: Appointment | None, until: dt.date | None) -> Contact:
    return Contact(
        case_id=case.pk,
        case_version=case.version,
        person_id=case.person_id,
        team_id=case.team_id,
        phone=case.team.phone,
        staff_id=staff_id,
        staff=name.split(" ")[0],
        appointment_id=booked.pk if booked else None,
        starts_at=booked.starts_at if booked else None,
        until=until,
        knows_us=case.first_spoken_at is not None,
    )


@dataclass(frozen=True, slots=True)
class TalkToTell:
    """A question to the lead, for telling whoever it concerns: addresses by user."""

    case_id: UUID
    asked_by_id: UUID
    asked_by_email: str
    state: str
    leads: dict[UUID, str]


@query(SEE_CASES)
def talk_to_tell(scope: Scope, talk_id: UUID) -> TalkToTell | None:
    row = (
        TalkRequest.objects.select_related("asked_by").filter(organisation_id=scope.organisation_id, pk=talk_id).first()
    )
    if row is None:
        return None
    leads = {user: email for user, email in leads_of(scope, row.team_id).items() if user != row.asked_by_id}
    return TalkToTell(row.case_id, row.asked_by_id, row.asked_by.email, row.state, leads)
