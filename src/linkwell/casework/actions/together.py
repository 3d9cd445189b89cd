"""Two people seen together: one time, one visit, and for each a part of their own."""

from dataclasses import replace
from uuid import UUID

from linkwell.casework.actions.appointments import book_appointment
from linkwell.casework.actions.conversations import write_up
from linkwell.casework.details import AppointmentDetails, ConversationDetails, JointVisitDetails
from linkwell.casework.models import Appointment, Case, JointAppointment, JointVisit
from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.together import may_meet, second_half
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound

ALONE_FIRST = "Speak with each of them alone first. What one says about the other is not yet theirs."
TOGETHER, OWN = "Together", "On their own"


@action(WRITE_CASES)
def book_together(
    *, scope: Scope, case_id: UUID, other_case_id: UUID, details: AppointmentDetails
) -> tuple[UUID, UUID]:
    """One time for two people: an appointment in each case. Raises NotFound unless both agreed, and Invalid."""
    cases = _check(scope, case_id, other_case_id)
    one = book_appointment(scope=scope, case_id=case_id, details=details)
    if cases[case_id].worker_id == cases[other_case_id].worker_id:
        # Their worker is not free any more: for the same visit.
        details = replace(details, only_if_free=False)
    other = book_appointment(scope=scope, case_id=other_case_id, details=details)
    row, made = JointAppointment.objects.get_or_create(
        organisation_id=scope.organisation_id, one_id=min(one, other), other_id=max(one, other)
    )
    audit.record(scope, "added" if made else "asked again", "joint_appointment", row.pk)
    return one, other


@action(WRITE_CASES)
def write_up_together(
    *, scope: Scope, case_id: UUID, other_case_id: UUID, submission_key: UUID, visit: JointVisitDetails
) -> tuple[UUID, UUID]:
    """One visit, a conversation in each record: the words said with both there in both, the rest in its own only.

    The same key again returns the first two. Raises Invalid and InvalidMove like a write-up of one.
    """
    _check(scope, case_id, other_case_id)
    if not visit.together.strip():
        raise Invalid({"together": "Write a few words about what was said with both there."})
    booked = _booked(scope, case_id, other_case_id)
    halves = []
    for each, own in ((case_id, visit.own), (other_case_id, visit.other)):
        conversation = ConversationDetails(
            kind=visit.kind,
            outcome="talked",
            happened_at=visit.happened_at,
            minutes=visit.minutes,
            note=_note(visit.together, own),
            next_date=visit.next_date,
            appointment_id=booked.get(each),
        )
        key = second_half(submission_key, each)
        halves.append(write_up(scope=scope, case_id=each, submission_key=key, conversation=conversation))
    one, other = halves
    row, made = JointVisit.objects.get_or_create(
        organisation_id=scope.organisation_id, one_id=min(one, other), other_id=max(one, other)
    )
    audit.record(scope, "added" if made else "sent again", "joint_visit", row.pk)
    return one, other


def _note(together: str, own: str) -> str:
    parts = [f"{TOGETHER}: {together.strip()}"] + ([f"{OWN}: {own.strip()}"] if own.strip() else [])
    return "\n\n".join(parts)


def _check(scope: Scope, case_id: UUID, other_case_id: UUID) -> dict[UUID, Case]:
    """Both are named to each other only where both agreed, and nobody is met first in company."""
    rows = Case.objects.filter(organisation_id=scope.organisation_id, pk__in=[case_id, other_case_id])
    cases = {row.pk: row for row in rows}
    if len(cases) != 2 or not may_meet(scope, cases[case_id].person_id, cases[other_case_id].person_id):
        raise NotFound
    if any(row.first_spoken_at is None for row in cases.values()):
        raise Invalid({"": ALONE_FIRST})
    return cases


def _booked(scope: Scope, case_id: UUID, other_case_id: UUID) -> dict[UUID, UUID]:
    """The joint appointment that this visit was, if one was booked and its time has come."""
    rows = Appointment.objects.filter(
        organisation_id=scope.organisation_id,
        case_id__in=[case_id, other_case_id],
        state="booked",
        starts_at__lte=clock.now(),
    ).order_by("starts_at")
    found = {row.pk: row.case_id for row in rows}
    for pair in JointAppointment.objects.filter(one_id__in=found, other_id__in=found).order_by("-pk")[:1]:
        return {found[each]: each for each in (pair.one_id, pair.other_id)}
    return {}
