"""Sessions a worker runs: planned once or weekly, their register, and what became of them."""

import re
from collections.abc import Collection
from uuid import UUID

from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.groupwork.actions.parts import LONGEST_NOTE, acting, count, locked, reason, text, weekly
from linkwell.groupwork.details import SessionDetails
from linkwell.groupwork.models import SessionPlace, WorkerSession
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.kernel.ids import new_id
from linkwell.people import queries as people
from linkwell.people.actions.common import locked_person

KEPT_APART = "Their record is restricted, so they are on no list that others read. Count them with the walk-ins."


@action(RUN_GROUPS)
def plan_session(*, scope: Scope, details: SessionDetails) -> tuple[UUID, ...]:
    """Plan a session, or one each week. Returns them in order of time. Raises Invalid."""
    user_id, team_id = acting(scope)
    if not 5 <= details.minutes <= 600:
        raise Invalid({"minutes": "Say how long it lasts, from 5 minutes to 10 hours."})
    series_id = new_id() if details.weeks > 1 else None
    made = []
    for starts_at in weekly(details.starts_at, details.weeks):
        row = WorkerSession(
            organisation_id=scope.organisation_id,
            state="planned",
            team_id=team_id,
            worker_id=user_id,
            series_id=series_id,
            topic=text(details.topic, "topic", "Say what the session is about.", longest=120),
            place=text(details.place, "place", "Say where it is.", longest=300),
            starts_at=starts_at,
            minutes=details.minutes,
        )
        states.begin(scope=scope, row=row)
        made.append(row.pk)
    return tuple(made)


@action(RUN_GROUPS)
def add_to_register(*, scope: Scope, session_id: UUID, person_id: UUID) -> UUID:
    """Put somebody we know on the register; twice is once. Raises Invalid for a restricted person, and NotFound."""
    session = _planned(scope, session_id)
    person = locked_person(scope, person_id)
    if people.kept_apart(scope, person_id):
        raise Invalid({"person": KEPT_APART})
    same = SessionPlace.objects.filter(session=session, person_id__in=people.resolved_ids(scope, person_id)).first()
    row = same or SessionPlace(organisation_id=scope.organisation_id, session=session, person=person)
    row.ended_at = None
    row.save()
    audit.record(scope, "added", "session_place", row.pk, person_id=person_id)
    return row.pk


@action(RUN_GROUPS)
def take_off_register(*, scope: Scope, session_id: UUID, place_id: UUID) -> None:
    """They will not come. Doing it twice changes nothing more."""
    session = _planned(scope, session_id)
    for row in SessionPlace.objects.filter(session=session, pk=place_id, ended_at=None):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record(scope, "removed", "session_place", row.pk, person_id=row.person_id)
        return
    audit.record(scope, "nothing to remove", "session_place", place_id)


@action(RUN_GROUPS)
def write_up_session(
    *,
    scope: Scope,
    session_id: UUID,
    expected_version: int,
    came: Collection[UUID],
    walk_ins: int = 0,
    note: str = "",
) -> None:
    """Note who came (places of the register), how many more, and what it was like. On the timeline of each.

    Raises Invalid for a session still to come and for a note that names somebody of the register, and Conflict.
    """
    session = _planned(scope, session_id, expected_version=expected_version)
    if session.starts_at > clock.now():
        raise Invalid({"": "This session is still to come."})
    register = list(SessionPlace.objects.select_related("person").filter(session=session, ended_at=None).order_by("id"))
    session.walk_ins = count(walk_ins, "walk_ins")
    session.note = _names_nobody(note, register)
    states.move(scope=scope, row=session, to="held", fields=("walk_ins", "note"))
    apart = people.kept_apart_ids(scope)
    for row in register:
        # Nobody could tick somebody who is kept apart: whether they came is not known.
        if row.person_id in apart:
            continue
        row.came = row.pk in set(came)
        row.save(update_fields=["came"])
        audit.record(scope, "wrote up", "session_place", row.pk, person_id=row.person_id, fields=("came",))
        summary = f"{'Came to' if row.came else 'Did not come to'} our session: {session.topic}"
        line = timeline.Line(row.person_id, "session", summary, at=session.starts_at)
        timeline.record(scope, line, object_kind="worker_session", object_id=session.pk)


def _names_nobody(note: str, register: list[SessionPlace]) -> str:
    clean = text(note, "note", "", longest=LONGEST_NOTE, required=False)
    # With its capital: "we will go again" names nobody called Will.
    said = set(re.findall(r"[^\W\d_]+", clean))
    for row in register:
        person = row.person
        if said & {person.given_name, person.family_name, person.preferred_name}:
            raise Invalid(
                {"note": "This note names somebody on the register. Write about the session, not about them."}
            )
    return clean


@action(RUN_GROUPS)
def cancel_session(
    *, scope: Scope, session_id: UUID, expected_version: int, reason_given: str, and_later: bool = False
) -> int:
    """Cancel a session, and with `and_later` all later ones of its series. How many were cancelled. Raises Invalid."""
    why = reason(reason_given)
    session = _planned(scope, session_id, expected_version=expected_version)
    rows = [session]
    if and_later and session.series_id is not None:
        rows += list(
            WorkerSession.objects.select_for_update().filter(
                organisation_id=scope.organisation_id,
                series_id=session.series_id,
                starts_at__gt=session.starts_at,
                state="planned",
            )
        )
    for row in rows:
        row.cancelled_why = why
        states.move(scope=scope, row=row, to="cancelled", reason=why, fields=("cancelled_why",))
    return len(rows)


def _planned(scope: Scope, session_id: UUID, *, expected_version: int | None = None) -> WorkerSession:
    session = locked(scope, WorkerSession, session_id, expected_version=expected_version)
    if session.state != "planned":
        raise InvalidMove("This session has been written up or cancelled.")
    return session
