"""When somebody has died: nobody waits for them at a session or in a clinic, and their time can be given again.

What was said at meetings stays in the record. What was to be done about it leaves the lists with all other tasks.
"""

from uuid import UUID

from django.db.models import Q

from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.groupwork.actions.parts import locked
from linkwell.groupwork.models import ClinicSlot, SessionPlace
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.kernel import clock
from linkwell.people import dying
from linkwell.people import queries as people
from linkwell.people.actions import note_stopped


@action(RUN_GROUPS)
def stop_for_death(*, scope: Scope, death_id: UUID) -> None:
    """Take them off registers and out of times still to come. Safe to run again; nothing once the death was undone."""
    audit.record(scope, "looked_at_death", "death", death_id)
    told = people.death_told(scope, death_id)
    if told is None:
        return
    _, _, records = told
    _off_registers(scope, death_id, records)
    _out_of_times(scope, death_id, records)


def _off_registers(scope: Scope, death_id: UUID, records: tuple[UUID, ...]) -> None:
    rows = SessionPlace.objects.select_for_update(of=("self",)).filter(
        organisation_id=scope.organisation_id,
        person_id__in=records,
        ended_at=None,
        session__state="planned",
        session__starts_at__gt=clock.now(),
    )
    for row in rows.order_by("pk"):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(scope, "removed", "session_place", row.pk, person_id=row.person_id)
        note_stopped(scope, death_id, row.person_id, "session_place", row.pk, "planned")


def _out_of_times(scope: Scope, death_id: UUID, records: tuple[UUID, ...]) -> None:
    """The appointment in a time is cancelled with their other appointments; here the time becomes free."""
    theirs = Q(appointment__person_id__in=records) | Q(referral__person_id__in=records)
    rows = ClinicSlot.objects.filter(
        theirs, organisation_id=scope.organisation_id, state="booked", starts_at__gt=clock.now()
    )
    for slot_id in list(rows.order_by("pk").values_list("pk", flat=True)):
        slot = locked(scope, ClinicSlot, slot_id)
        if slot.state != "booked":
            continue
        whose = slot.appointment or slot.referral
        slot.appointment_id = slot.referral_id = None
        states.move(
            scope=scope, row=slot, to="free", reason="They will not be coming", fields=("appointment", "referral")
        )
        if whose is not None and whose.person_id is not None:
            note_stopped(scope, death_id, whose.person_id, "clinic_slot", slot.pk, "booked")


def bring_back_place(scope: Scope, place_id: UUID, before: str) -> bool:
    """After a mistake they are on the register again, while the session is still to come."""
    row = SessionPlace.objects.select_for_update(of=("self",)).select_related("session").filter(pk=place_id).first()
    if row is None or row.session.state != before or row.session.starts_at <= clock.now():
        return False
    row.ended_at = None
    row.save(update_fields=["ended_at"])
    audit.record(scope, "added", "session_place", row.pk, person_id=row.person_id)
    return True


dying.stops(
    "session_place",
    dying.Kind(
        "They were taken off the register of a session",
        "Ask them whether they still want to come.",
        bring_back=bring_back_place,
    ),
)
dying.stops("clinic_slot", dying.Kind("Their time in a clinic was given back", "Agree a new time with them."))
