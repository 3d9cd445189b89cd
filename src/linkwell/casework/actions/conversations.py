"""Writing up a conversation or an attempt, and putting a note right later."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from linkwell.casework.actions.appointments import ANOTHER_TIME, APPOINTMENT, settle
from linkwell.casework.actions.parts import (
    acting_user,
    change_case,
    lock_appointment,
    lock_open_case,
    never_past,
)
from linkwell.casework.actions.plan import add_need
from linkwell.casework.actions.telling import tell_referrers
from linkwell.casework.case_tasks import (
    ALONE_TASK,
    PAST_DATE_TASK,
    START_AGAIN_TASK,
    STILL_WAITING_TASK,
    finish_tasks,
)
from linkwell.casework.details import ConversationDetails
from linkwell.casework.models import (
    NOT_ATTENDED,
    Case,
    Interaction,
    InteractionCorrection,
    InteractionKind,
    InteractionOutcome,
    Plan,
)
from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.attendance import brought
from linkwell.core import audit, outbox, states, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.people import actions as people

_LINE_WORDS = {
    InteractionOutcome.TALKED: "Conversation",
    InteractionOutcome.TRIED: "Tried to reach them, no answer",
    InteractionOutcome.MISSED: "Did not attend an agreed appointment",
    InteractionOutcome.NOT_BROUGHT: "Was not brought to an agreed appointment",
}

# A try is not a missed appointment: the time simply did not come to be.
_APPOINTMENT_AFTER = {
    InteractionOutcome.TALKED: "happened",
    InteractionOutcome.TRIED: "cancelled",
    InteractionOutcome.MISSED: "missed",
    InteractionOutcome.NOT_BROUGHT: "not_brought",
}


@submissions.second_sending_finds_the_first
@action(WRITE_CASES)
def write_up(*, scope: Scope, case_id: UUID, submission_key: UUID, conversation: ConversationDetails) -> UUID:
    """Write up one conversation, visit or try. The same key again returns the first one and changes nothing.

    Raises Conflict when `expected_version` is given and the case changed since; InvalidMove when support has ended;
    Invalid when a "did not attend" names no agreed appointment or a date lies on the wrong side of now.
    """
    first = submissions.earlier(scope, submission_key)
    if first is not None:
        audit.record(scope, "sent again", "interaction", first)
        return first
    case = lock_open_case(scope, case_id)
    if conversation.expected_version not in (None, case.version):
        raise Conflict
    conversation = _in_the_right_words(case, conversation)
    _refuse_impossible(conversation)
    _settle_appointment(scope, case, conversation)
    row = _add(scope, case, conversation)
    submissions.remember(scope, submission_key, row.pk)
    if conversation.interpreted_by:
        people.record_interpreted(
            scope=scope,
            person_id=case.person_id,
            interaction_id=row.pk,
            happened_at=conversation.happened_at,
            by=conversation.interpreted_by,
            name=conversation.interpreter_name,
        )
    _carry_on(scope, case, conversation)
    if conversation.add_need.strip():
        plan = Plan.objects.only("pk").get(case_id=case.pk)
        add_need(scope=scope, plan_id=plan.pk, words=conversation.add_need)
    finish_tasks(scope, case, PAST_DATE_TASK, START_AGAIN_TASK)
    if conversation.outcome == InteractionOutcome.TALKED:
        finish_tasks(scope, case, ALONE_TASK, STILL_WAITING_TASK)
    return row.pk


def _in_the_right_words(case: Case, given: ConversationDetails) -> ConversationDetails:
    """Nobody who had to be brought that day "did not attend"."""
    if given.outcome == InteractionOutcome.MISSED and brought(case, _day_missed(case, given)):
        return replace(given, outcome=InteractionOutcome.NOT_BROUGHT.value)
    return given


def _day_missed(case: Case, given: ConversationDetails) -> dt.date:
    """The day of the appointment: it may be written up after a birthday."""
    row = case.appointments.filter(pk=given.appointment_id).first() if given.appointment_id else None
    return clock.london(row.starts_at if row else given.happened_at).date()


def _refuse_impossible(conversation: ConversationDetails) -> None:
    if conversation.kind not in InteractionKind.values:
        raise Invalid({"kind": "Choose how you tried to speak."})
    if conversation.outcome not in _APPOINTMENT_AFTER:
        raise Invalid({"outcome": "Choose what happened."})
    if conversation.happened_at > clock.now():
        raise Invalid({"happened_at": "Write up what has happened already. To plan ahead, book an appointment."})
    if conversation.outcome in NOT_ATTENDED and conversation.appointment_id is None:
        raise Invalid({"outcome": "Only an appointment the person agreed to can be missed. Choose “Tried, no answer”."})
    never_past(conversation.next_date)


def _add(scope: Scope, case: Case, given: ConversationDetails) -> Interaction:
    row = Interaction.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        person_id=case.person_id,
        appointment_id=given.appointment_id,
        kind=given.kind,
        outcome=given.outcome,
        happened_at=given.happened_at,
        minutes=given.minutes,
        note=given.note.strip(),
        third_party_note=given.third_party_note.strip(),
        with_whom=given.with_whom.strip(),
        next_step=given.next_step.strip(),
        next_date=given.next_date,
        recorded_by_id=acting_user(scope),
    )
    audit.record(scope, "wrote up", "interaction", row.pk, person_id=case.person_id, fields=("note", "outcome"))
    kind = str(InteractionKind(given.kind).label).lower()
    summary = f"{_LINE_WORDS[InteractionOutcome(given.outcome)]} ({kind})"
    line = timeline.Line(case.person_id, "conversation", summary, at=given.happened_at)
    timeline.record(scope, line, object_kind="interaction", object_id=row.pk)
    outbox.emit(scope, f"interaction.{given.outcome}", object_id=row.pk)
    return row


def _settle_appointment(scope: Scope, case: Case, given: ConversationDetails) -> None:
    if given.appointment_id is None:
        return
    appointment = lock_appointment(scope, given.appointment_id)
    if appointment.case_id != case.pk:
        raise NotFound
    if appointment.state != "booked":
        raise Invalid({"appointment": "This appointment has been written up or changed. Choose another, or none."})
    settle(scope=scope, row=appointment, to=_APPOINTMENT_AFTER[InteractionOutcome(given.outcome)])


def _still_next(case: Case) -> str:
    return ANOTHER_TIME if case.next_step == APPOINTMENT else case.next_step


def _carry_on(scope: Scope, case: Case, given: ConversationDetails) -> None:
    """Bring the case up to date: when last in touch, what comes next, and whether support has begun."""
    fields = ["next_step"]
    # What was to come next has come, unless it was only a try.
    tried = given.outcome == InteractionOutcome.TRIED
    case.next_step = given.next_step.strip() or (_still_next(case) if tried else "")
    if given.next_date is not None:
        case.next_date = given.next_date
        fields.append("next_date")
    talked = given.outcome == InteractionOutcome.TALKED
    first_time = talked and case.first_spoken_at is None
    if talked:
        case.last_contact_at = max(given.happened_at, case.last_contact_at or given.happened_at)
        case.first_spoken_at = min(given.happened_at, case.first_spoken_at or given.happened_at)
        fields += ["last_contact_at", "first_spoken_at"]
    if talked and case.state in ("allocated", "trying"):
        line = timeline.Line(case.person_id, "support", "Support has begun.", at=given.happened_at)
        states.move(scope=scope, row=case, to="active", fields=tuple(fields), line=line, person_id=case.person_id)
    elif tried and case.state == "allocated":
        states.move(scope=scope, row=case, to="trying", fields=tuple(fields), person_id=case.person_id)
    else:
        change_case(scope=scope, case=case, event="written up", fields=tuple(fields))
    if first_time and case.referral_id is not None:
        # Told only when the person, asked alone, agreed: referrals decides.
        tell_referrers(scope, case, "in_touch")


@action(WRITE_CASES)
def correct_note(
    *,
    scope: Scope,
    interaction_id: UUID,
    expected_corrections: int,
    note: str,
    third_party_note: str,
    reason: str,
) -> None:
    """Say what a note should have said, and why. Both are kept. Raises Conflict when it was corrected meanwhile."""
    if not reason.strip():
        raise Invalid({"reason": "Say why it is corrected."})
    row = (
        Interaction.objects.select_for_update().filter(organisation_id=scope.organisation_id, pk=interaction_id).first()
    )
    if row is None:
        raise NotFound
    if row.outcome == InteractionOutcome.MOVED:
        raise Invalid({"": "This note has been moved to the record it belongs to."})
    if row.corrections.count() != expected_corrections:
        raise Conflict
    InteractionCorrection.objects.create(
        organisation_id=scope.organisation_id,
        interaction=row,
        number=expected_corrections + 1,
        note=note.strip(),
        third_party_note=third_party_note.strip(),
        reason=reason.strip(),
        recorded_by_id=acting_user(scope),
    )
    audit.record(scope, "corrected", "interaction", row.pk, person_id=row.person_id, fields=("note",))
    line = timeline.Line(row.person_id, "conversation", "A note was corrected.")
    timeline.record(scope, line, object_kind="interaction", object_id=row.pk)
