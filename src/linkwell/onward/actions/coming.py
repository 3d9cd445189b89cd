"""What the person tells their link worker about going to a group. The group's own answer is never changed by it."""

import datetime as dt
from uuid import UUID

from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import ActorKind, Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid
from linkwell.onward.actions.parts import lock_onward
from linkwell.onward.models import Attendance, OnwardReferral
from linkwell.onward.permissions import REFER_ONWARD
from linkwell.tasks.actions import finish_tasks_about

FINISHED = frozenset({"declined", "withdrawn", "ended"})


@action(REFER_ONWARD)
def note_told_attendance(*, scope: Scope, onward_id: UUID, on: dt.date, came: bool, note: str = "") -> None:
    """The person said that they went, or did not go, on this day. Said again, it replaces only what they said before.

    Where the group has said nothing of that day, the onward referral moves on as it would by the group's word.
    Raises NotFound, Invalid.
    """
    row = lock_onward(scope, onward_id)
    if row.state in FINISHED:
        raise Invalid({"": "This onward referral has ended. Write what they told you as a conversation."})
    if on > clock.today():
        raise Invalid({"on": "Enter a date that is today or has passed."})
    Attendance.objects.update_or_create(
        organisation_id=row.organisation_id,
        onward_referral=row,
        on=on,
        told_by_kind=ActorKind.USER.value,
        defaults={"came": came, "note": note.replace("\x00", "").strip()[:300]},
    )
    said = f"{row.service.name}: they told us they {'went' if came else 'did not go'} on {words.written_date(on)}"
    line = timeline.Line(row.person_id, "attendance", said)
    state = "attended" if came else "did_not_come"
    if state in row.moves.allowed[row.state] and not _said_by_group(row, on):
        row.next_date = None if came else clock.today()
        states.move(scope=scope, row=row, to=state, line=line, fields=("next_date",), person_id=row.person_id)
    else:
        timeline.record(scope, line, object_kind="onward_referral", object_id=row.pk)
        audit.record(scope, "told_attendance", "onward_referral", row.pk, person_id=row.person_id)
    finish_tasks_about(scope=scope, about_id=row.pk, kind="onward_attendance")


def _said_by_group(row: OnwardReferral, on: dt.date) -> bool:
    return row.attendances.filter(on=on, told_by_kind=ActorKind.LINK.value).exists()
