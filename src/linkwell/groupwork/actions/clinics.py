"""Clinics at a practice: planned, booked by the practice or the team, written up."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction

from linkwell.accounts import queries as accounts
from linkwell.casework import actions as casework
from linkwell.casework.details import AppointmentDetails
from linkwell.core import audit, states, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.database import handed_over
from linkwell.core.scope import Scope
from linkwell.groupwork.actions.parts import acting, count, locked, reason, text, weekly
from linkwell.groupwork.details import ClinicDetails
from linkwell.groupwork.models import Clinic, ClinicSlot, WhoBooks
from linkwell.groupwork.permissions import BOOK_CLINIC, RUN_GROUPS
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.referrals import actions as referrals
from linkwell.referrals.actions.handing import as_sender
from linkwell.referrals.details import Reference, ReferralDetails

MOST_SLOTS = 20
TAKEN = "Somebody has just booked this time. Choose another."


@action(RUN_GROUPS)
def plan_clinic(*, scope: Scope, details: ClinicDetails) -> tuple[UUID, ...]:
    """Plan a clinic with its times, or one each week. Returns them in order of time. Raises Invalid."""
    user_id, team_id = acting(scope)
    _check(details)
    made = []
    for starts_at in weekly(details.starts_at, details.weeks):
        clinic = Clinic(
            organisation_id=scope.organisation_id,
            state="planned",
            team_id=team_id,
            worker_id=user_id,
            practice_id=details.practice_id,
            room=text(details.room, "room", "Say which room.", longest=200),
            starts_at=starts_at,
            slot_minutes=details.slot_minutes,
            who_books=details.who_books,
        )
        try:
            with transaction.atomic():
                states.begin(scope=scope, row=clinic)
        except IntegrityError:
            raise Invalid({"time": "You have a clinic at this time already."}) from None
        for number in range(details.slots):
            slot = ClinicSlot(
                organisation_id=scope.organisation_id,
                state="free",
                clinic=clinic,
                practice_id=details.practice_id,
                starts_at=starts_at + dt.timedelta(minutes=number * details.slot_minutes),
            )
            states.begin(scope=scope, row=slot)
        made.append(clinic.pk)
    return tuple(made)


def _check(details: ClinicDetails) -> None:
    problems = {}
    if not 1 <= details.slots <= MOST_SLOTS:
        problems["slots"] = f"Choose from 1 to {MOST_SLOTS} times."
    if not 10 <= details.slot_minutes <= 180:
        problems["slot_minutes"] = "Each time is from 10 minutes to 3 hours."
    if details.who_books not in WhoBooks.values:
        problems["who_books"] = "Choose who books."
    if not any(each.id == details.practice_id and each.kind == "practice" for each in accounts.organisations()):
        problems["practice"] = "Choose a practice."
    if problems:
        raise Invalid(problems)


@action(RUN_GROUPS)
def book_slot(*, scope: Scope, slot_id: UUID, expected_version: int, case_id: UUID) -> UUID:
    """A time for somebody we support already: it becomes an appointment in the clinic's room. Its id."""
    slot = _free(scope, slot_id, expected_version)
    clinic = slot.clinic
    details = AppointmentDetails(
        starts_at=slot.starts_at, kind="face", minutes=clinic.slot_minutes, place=_place(clinic)
    )
    slot.appointment_id = casework.book_appointment(scope=scope, case_id=case_id, details=details)
    states.move(scope=scope, row=slot, to="booked", fields=("appointment",), person_id=None)
    return slot.appointment_id


@submissions.second_sending_finds_the_first
@action(BOOK_CLINIC)
def book_slot_by_practice(
    *, scope: Scope, slot_id: UUID, expected_version: int, submission_key: UUID, details: ReferralDetails
) -> Reference:
    """The practice gives a time to a patient: a referral to the team, with the time kept for them.

    Raises NotFound for a clinic elsewhere, Invalid where the practice does not book or the details will not do, and
    Conflict when somebody was quicker.
    """
    seen = ClinicSlot.objects.select_related("clinic").filter(practice_id=scope.organisation_id, pk=slot_id).first()
    if seen is None:
        raise NotFound("We could not find that time.")
    if seen.clinic.who_books == WhoBooks.TEAM:
        raise Invalid({"": "The team books the times of this clinic. Please refer as usual."})
    team = accounts.team(seen.clinic.team_id)
    arriving = as_sender(scope, team)
    with handed_over(arriving):
        again = submissions.earlier(arriving, submission_key) is not None
        slot = None if again else _free(arriving, slot_id, expected_version)
    sent = referrals.send_referral(scope=scope, team=team, submission_key=submission_key, details=details)
    if slot is not None:
        with handed_over(arriving):
            slot.referral_id = sent.referral_id
            states.move(scope=arriving, row=slot, to="booked", fields=("referral",))
    audit.record(scope, "booked", "clinic_slot", slot_id)
    return sent


def keep_time(scope: Scope, referral_id: UUID, case_id: UUID) -> None:
    """Called when a referral with a time has become support with a worker: the time becomes their appointment."""
    slot = (
        ClinicSlot.objects.select_for_update(of=("self",))
        .select_related("clinic")
        .filter(organisation_id=scope.organisation_id, referral_id=referral_id, state="booked", appointment=None)
        .first()
    )
    if slot is None or slot.starts_at <= clock.now():
        return
    details = AppointmentDetails(
        starts_at=slot.starts_at, kind="face", minutes=slot.clinic.slot_minutes, place=_place(slot.clinic)
    )
    slot.appointment_id = casework.book_appointment(scope=scope, case_id=case_id, details=details)
    slot.version += 1
    slot.save(update_fields=["appointment", "version"])
    audit.record(scope, "changed", "clinic_slot", slot.pk, fields=("appointment",))


@action(RUN_GROUPS)
def free_slot(*, scope: Scope, slot_id: UUID, expected_version: int, reason_given: str) -> None:
    """Give a booked time back: its appointment is cancelled, a referral stays a referral. Raises Invalid."""
    why = reason(reason_given)
    slot = locked(scope, ClinicSlot, slot_id, expected_version=expected_version)
    _cancel_appointment(scope, slot, why)
    slot.appointment_id = slot.referral_id = None
    states.move(scope=scope, row=slot, to="free", reason=why, fields=("appointment", "referral"))


@action(RUN_GROUPS)
def cancel_clinic(*, scope: Scope, clinic_id: UUID, expected_version: int, reason_given: str) -> None:
    """The clinic will not be: appointments in it are cancelled, referrals stay with the team. Raises Invalid."""
    why = reason(reason_given)
    clinic = locked(scope, Clinic, clinic_id, expected_version=expected_version)
    clinic.cancelled_why = why
    states.move(scope=scope, row=clinic, to="cancelled", reason=why, fields=("cancelled_why",))
    for slot in ClinicSlot.objects.select_for_update().filter(clinic=clinic, state__in=["free", "booked"]):
        _cancel_appointment(scope, slot, why)
        states.move(scope=scope, row=slot, to="withdrawn", reason=why)


@action(RUN_GROUPS)
def write_up_clinic(
    *, scope: Scope, clinic_id: UUID, expected_version: int, came: Collection[UUID], walk_ins: int = 0
) -> None:
    """Note in which times somebody came and how many came without one. Raises Invalid and Conflict."""
    clinic = locked(scope, Clinic, clinic_id, expected_version=expected_version)
    if clinic.starts_at > clock.now():
        raise Invalid({"": "This clinic is still to come."})
    clinic.walk_ins = count(walk_ins, "walk_ins")
    states.move(scope=scope, row=clinic, to="held", fields=("walk_ins",))
    slots = ClinicSlot.objects.select_for_update(of=("self",)).select_related("appointment", "referral", "clinic")
    for slot in slots.filter(clinic=clinic, state="booked"):
        used = slot.pk in set(came)
        states.move(scope=scope, row=slot, to="used" if used else "not_used")
        person_id = slot.appointment.person_id if slot.appointment else slot.referral and slot.referral.person_id
        if used and person_id:
            line = timeline.Line(person_id, "session", f"Came to our clinic in {clinic.room}", at=slot.starts_at)
            timeline.record(scope, line, object_kind="clinic", object_id=clinic.pk)


def _free(scope: Scope, slot_id: UUID, expected_version: int) -> ClinicSlot:
    slot = locked(scope, ClinicSlot, slot_id)
    if slot.state != "free" or slot.version != expected_version:
        raise Conflict(TAKEN)
    if slot.starts_at <= clock.now():
        raise InvalidMove("This time has gone. Choose another.")
    return slot


def _cancel_appointment(scope: Scope, slot: ClinicSlot, why: str) -> None:
    if slot.appointment is not None and slot.appointment.state == "booked":
        casework.cancel_appointment(
            scope=scope, appointment_id=slot.appointment.pk, expected_version=slot.appointment.version, reason=why
        )


def _place(clinic: Clinic) -> str:
    return f"{clinic.practice.name}, {clinic.room}"[:300]
