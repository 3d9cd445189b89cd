"""Meetings about people: who was there, and for each person what was said and what is to be done."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.groupwork.actions.parts import LONGEST_NOTE, acting, locked, reason, text
from linkwell.groupwork.details import ItemDetails, MeetingDetails
from linkwell.groupwork.models import Meeting, MeetingItem
from linkwell.groupwork.permissions import RUN_GROUPS
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.people.actions.common import locked_person
from linkwell.tasks.actions import open_task

ACTION_TASK = "meeting_action"


@action(RUN_GROUPS)
def plan_meeting(*, scope: Scope, details: MeetingDetails) -> UUID:
    """Plan a meeting, or note one of the last weeks. Raises Invalid."""
    user_id, team_id = acting(scope)
    row = Meeting(
        organisation_id=scope.organisation_id,
        state="planned",
        team_id=team_id,
        title=text(details.title, "title", "Say which meeting it is.", longest=120),
        place=text(details.place, "place", "", longest=300, required=False),
        starts_at=details.starts_at,
        noted_by_id=user_id,
    )
    states.begin(scope=scope, row=row)
    return row.pk


@action(RUN_GROUPS)
def add_item(*, scope: Scope, meeting_id: UUID, person_id: UUID, details: ItemDetails) -> UUID:
    """One person discussed: on their timeline only. An action becomes a task of its owner. Raises Invalid."""
    meeting = locked(scope, Meeting, meeting_id)
    if meeting.state == "cancelled":
        raise InvalidMove("This meeting is cancelled.")
    locked_person(scope, person_id)
    given = _checked(scope, meeting, details)
    user_id, _ = acting(scope)
    row = MeetingItem.objects.create(
        organisation_id=scope.organisation_id,
        meeting=meeting,
        person_id=person_id,
        said=given.said,
        action=given.action,
        owner_id=given.owner_id,
        owner_name=given.owner_name,
        due_on=given.due_on,
        recorded_by_id=user_id,
    )
    audit.record(scope, "added", "meeting_item", row.pk, person_id=person_id, fields=("said", "action"))
    line = timeline.Line(person_id, "meeting", f"Talked about at a meeting: {meeting.title}", at=meeting.starts_at)
    timeline.record(scope, line, object_kind="meeting_item", object_id=row.pk)
    if given.action:
        _leave_task(scope, meeting, row)
    return row.pk


def _checked(scope: Scope, meeting: Meeting, details: ItemDetails) -> ItemDetails:
    said = text(details.said, "said", "", longest=LONGEST_NOTE, required=False)
    to_do = text(details.action, "action", "", longest=200, required=False)
    owner_name = text(details.owner_name, "owner_name", "", longest=120, required=False)
    if not said and not to_do:
        raise Invalid({"said": "Write what was said, or what is to be done."})
    if not to_do:
        return ItemDetails(said=said)
    if details.owner_id is None and not owner_name:
        raise Invalid({"owner": "Say who will do it."})
    if details.due_on is None or details.due_on < clock.today():
        raise Invalid({"due_on": "Say by which day, today or later."})
    if details.owner_id is not None and details.owner_id not in {
        each.user_id for each in accounts.team_workers(scope, meeting.team_id)
    }:
        raise Invalid({"owner": "Choose somebody who works in this team."})
    return ItemDetails(said, to_do, details.owner_id, "" if details.owner_id else owner_name, details.due_on)


def _leave_task(scope: Scope, meeting: Meeting, row: MeetingItem) -> None:
    """Somebody without an account here is asked by whoever noted the meeting, so that it is not forgotten."""
    day = words.short_date(clock.london(meeting.starts_at).date())
    own = f"Do what was agreed at the meeting on {day}"
    other = f"Ask {row.owner_name} whether it is done: meeting on {day}"
    open_task(
        scope=scope,
        team_id=meeting.team_id,
        owner_id=row.owner_id or row.recorded_by_id,
        kind=ACTION_TASK,
        title=own if row.owner_id else other,
        about_kind="meeting_item",
        about_id=row.pk,
        due_on=row.due_on or clock.today(),
        person_id=row.person_id,
    )


@action(RUN_GROUPS)
def write_up_meeting(*, scope: Scope, meeting_id: UUID, expected_version: int, attended: str) -> None:
    """The meeting took place, and who was there. Raises Invalid and Conflict."""
    meeting = locked(scope, Meeting, meeting_id, expected_version=expected_version)
    if meeting.starts_at > clock.now():
        raise Invalid({"": "This meeting is still to come."})
    meeting.attended = text(attended, "attended", "Write who was there, one on each line.", longest=LONGEST_NOTE)
    states.move(scope=scope, row=meeting, to="held", fields=("attended",))


@action(RUN_GROUPS)
def cancel_meeting(*, scope: Scope, meeting_id: UUID, expected_version: int, reason_given: str) -> None:
    """The meeting will not be. What was noted about people stays with them."""
    why = reason(reason_given)
    meeting = locked(scope, Meeting, meeting_id, expected_version=expected_version)
    meeting.cancelled_why = why
    states.move(scope=scope, row=meeting, to="cancelled", reason=why, fields=("cancelled_why",))
