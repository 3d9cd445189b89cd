"""On a visit, out, longer, or not back: and who is told."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from linkwell.accounts import queries as accounts
from linkwell.accounts.queries import staff
from linkwell.casework import queries as casework
from linkwell.core import audit, states
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.messaging import actions as messaging
from linkwell.tasks import actions as tasks
from linkwell.workforce.alarm import next_to_tell
from linkwell.workforce.models import Visit
from linkwell.workforce.permissions import VISIT
from linkwell.workforce.queries.people import told_so_far, who_rings

LATE_TASK = "visit_late"
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 12 * 60
USUAL_MINUTES = 60


@action(VISIT)
def start_visit(
    *,
    scope: Scope,
    minutes: int | None = None,
    buddy_id: UUID | None = None,
    appointment_id: UUID | None = None,
    place: str = "",
) -> UUID:
    """Going in now, for so many minutes (as long as the appointment, or an hour). Raises InvalidMove while on one."""
    worker_id = _user(scope)
    team = accounts.my_team(scope)
    if team is None:
        raise NotFound
    booked = casework.appointment(scope, appointment_id) if appointment_id else None
    length = minutes or (booked.minutes if booked else USUAL_MINUTES)
    _check_minutes(length)
    if buddy_id is not None and buddy_id not in {each for each, _ in staff.colleagues(scope)} - {worker_id}:
        raise Invalid({"buddy": "Choose a colleague who works here."})
    now = clock.now()
    row = Visit(
        organisation_id=scope.organisation_id,
        state="visiting",
        team_id=team.id,
        worker_id=worker_id,
        person_id=booked.person_id if booked else None,
        appointment_id=appointment_id,
        buddy_id=buddy_id,
        place=place.strip() or (booked.place if booked else ""),
        started_at=now,
        out_by=now + dt.timedelta(minutes=length),
    )
    try:
        with transaction.atomic():
            states.begin(scope=scope, row=row, person_id=row.person_id)
    except IntegrityError:
        raise InvalidMove("You are on a visit already. Say first that you are out.") from None
    return row.pk


@action(VISIT)
def extend_visit(*, scope: Scope, visit_id: UUID, minutes: int) -> None:
    """It takes longer: so many minutes from now, and any alarm stops. Only by whoever is on the visit."""
    _check_minutes(minutes)
    row = _own(scope, visit_id)
    row.out_by = clock.now() + dt.timedelta(minutes=minutes)
    row.told, row.told_at, row.looked_for_by_id, row.looked_for_at = 0, None, None, None
    fields = ("out_by", "told", "told_at", "looked_for_by", "looked_for_at")
    if row.state == "visiting":
        row.version += 1
        row.save(update_fields=["version", *fields])
        audit.record(scope, "extended", "visit", row.pk, person_id=row.person_id, fields=fields)
    else:
        states.move(scope=scope, row=row, to="visiting", fields=fields, person_id=row.person_id)
    _stop_alarm(scope, row)


@action(VISIT)
def i_am_out(*, scope: Scope, visit_id: UUID) -> None:
    """Out and safe. Saying it twice changes nothing."""
    _end(scope, _own(scope, visit_id))


@action(VISIT)
def look_for(*, scope: Scope, visit_id: UUID) -> None:
    """ "I am finding out": the alarm goes no further, and everybody sees who looks after it."""
    row = states.lock(Visit, visit_id)
    _check_here(scope, row)
    if row.state == "looked_for":
        audit.record(scope, "asked again", "visit", row.pk, person_id=row.person_id)
        return
    row.looked_for_by_id, row.looked_for_at = _user(scope), clock.now()
    states.move(
        scope=scope,
        row=row,
        to="looked_for",
        fields=("looked_for_by", "looked_for_at"),
        person_id=row.person_id,
    )
    _stop_alarm(scope, row)


@action(VISIT)
def found_safe(*, scope: Scope, visit_id: UUID, note: str) -> None:
    """A colleague reached them, or somebody with them: what was found. Raises Invalid without words."""
    if not note.strip():
        raise Invalid({"note": "Say how you know that they are safe, or what was done."})
    row = states.lock(Visit, visit_id)
    _check_here(scope, row)
    row.found_note = note.strip()
    _end(scope, row, fields=("found_note",))


@action(VISIT)
def tell_next_person(*, scope: Scope, visit_id: UUID) -> bool:
    """Past the end and nobody looks: tell the buddy, then the duty people, then the leads, again and again.

    False when they are out, or somebody has begun to look. Safe to run again: who was told is counted in the row.
    """
    row = states.lock(Visit, visit_id)
    team = accounts.team(row.team_id)
    grace = dt.timedelta(minutes=accounts.rules(row.team_id).visit_grace_minutes)
    if row.state not in ("visiting", "late") or not next_to_tell(row.out_by, row.told_at, grace, clock.now()):
        audit.record(scope, "nobody to tell", "visit", row.pk)
        return False
    told = who_rings(scope, row, team)
    row.told, row.told_at = row.told + 1, clock.now()
    fields = ("told", "told_at")
    if row.state == "visiting":
        states.move(scope=scope, row=row, to="late", fields=fields, person_id=row.person_id)
    else:
        row.version += 1
        row.save(update_fields=["version", *fields])
        audit.record(scope, "told on", "visit", row.pk, person_id=row.person_id, fields=fields)
    for user_id in told:
        _tell(scope, row, user_id)
    return True


def _tell(scope: Scope, row: Visit, user_id: UUID) -> None:
    """An urgent task and an e-mail that names nobody."""
    tasks.open_task(
        scope=scope,
        team_id=row.team_id,
        owner_id=user_id,
        # One for each colleague; the end of an id, because ids begin with the time.
        kind=f"{LATE_TASK}:{user_id.hex[-12:]}",
        title="Ring now: a colleague has not said that they are out of a visit",
        about_kind="visit",
        about_id=row.pk,
        due_on=clock.today(),
        urgent=True,
    )
    try:
        address = accounts.user_email(user_id)
    except NotFound:
        return
    messaging.send(
        scope=scope,
        audience="staff",
        template="staff_visit_late",
        values={"link": f"{settings.ADDRESS}{reverse('workforce:visit', args=[row.pk])}"},
        about_kind="visit",
        about_id=row.pk,
        once_key=f"visit:{row.pk}:{row.told}:{user_id}:{row.out_by:%H%M}",
        address=address,
    )


def _stop_alarm(scope: Scope, row: Visit) -> None:
    for kind in told_so_far(scope, row.pk):
        tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=kind)


def _end(scope: Scope, row: Visit, fields: tuple[str, ...] = ()) -> None:
    if row.state == "out":
        audit.record(scope, "asked again", "visit", row.pk, person_id=row.person_id)
        return
    row.out_at = clock.now()
    states.move(scope=scope, row=row, to="out", fields=("out_at", *fields), person_id=row.person_id)
    _stop_alarm(scope, row)


def _own(scope: Scope, visit_id: UUID) -> Visit:
    row = states.lock(Visit, visit_id)
    _check_here(scope, row)
    if row.worker_id != scope.user_id:
        raise NotFound
    return row


def _check_here(scope: Scope, row: Visit) -> None:
    if row.organisation_id != scope.organisation_id:
        raise NotFound


def _check_minutes(minutes: int) -> None:
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise Invalid({"minutes": "Say how long, from 5 minutes to 12 hours."})


def _user(scope: Scope) -> UUID:
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    return scope.user_id
