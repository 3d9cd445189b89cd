"""Noting what changed in somebody's life, and taking back what was not so."""

import datetime as dt
from uuid import UUID

from linkwell.core import audit, outbox, submissions, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, NotFound
from linkwell.outcomes.actions.recording import case_of
from linkwell.outcomes.details import MilestoneDetails
from linkwell.outcomes.models import Each, Milestone, MilestoneKind, SaidBy
from linkwell.outcomes.permissions import ASK
from linkwell.outcomes.queries.milestones import attendance_to_note
from linkwell.people import queries as people

WITH_HOURS = frozenset(
    {
        MilestoneKind.VOLUNTEERING,
        MilestoneKind.HELPING,
        MilestoneKind.PAID_WORK,
        MilestoneKind.PAID_WORK_13,
        MilestoneKind.PAID_WORK_26,
    }
)
SUSTAINED = {MilestoneKind.PAID_WORK_13: 13, MilestoneKind.PAID_WORK_26: 26}


@submissions.second_sending_finds_the_first
@action(ASK)
def record_milestone(*, scope: Scope, case_id: UUID, submission_key: UUID, given: MilestoneDetails) -> UUID:
    """A dated entry with who said so. The same key again returns the first. Raises Invalid, NotFound."""
    if first := submissions.earlier(scope, submission_key):
        audit.record(scope, "sent_again", "milestone", first)
        return first
    case = case_of(scope, case_id)
    people.check_alive(scope, case.person_id)
    _refuse_impossible(given)
    if weeks := SUSTAINED.get(MilestoneKind(given.kind)):
        _refuse_too_early(case_id, given.on, weeks)
    row = _keep(scope, case_id, case.person_id, given)
    return submissions.remember(scope, submission_key, row.pk)


def _keep(scope: Scope, case_id: UUID, person_id: UUID, given: MilestoneDetails) -> Milestone:
    row = Milestone.objects.create(
        organisation_id=scope.organisation_id,
        case_id=case_id,
        person_id=person_id,
        kind=given.kind,
        on=given.on,
        said_by=given.said_by,
        hours=given.hours,
        amount=given.amount,
        each=given.each if given.amount is not None else "",
        note=given.note.strip(),
        recorded_by_id=scope.user_id,
    )
    audit.record(scope, "recorded", "milestone", row.pk, person_id=person_id, fields=("kind", "on", "said_by"))
    line = timeline.Line(person_id, "milestone", f"What changed: {MilestoneKind(given.kind).label.lower()}")
    timeline.record(scope, line, object_kind="milestone", object_id=row.pk)
    outbox.emit(scope, "milestone.recorded", object_id=row.pk)
    return row


def _refuse_impossible(given: MilestoneDetails) -> None:
    if given.kind not in MilestoneKind.values:
        raise Invalid({"kind": "Choose what changed."})
    if given.said_by not in SaidBy.values:
        raise Invalid({"said_by": "Choose who said so."})
    if given.on > clock.today():
        raise Invalid({"on": "The day cannot be ahead."})
    kind = MilestoneKind(given.kind)
    if given.hours is not None and kind not in WITH_HOURS:
        raise Invalid({"hours": "Hours a week go with work and volunteering only."})
    if given.hours is not None and not 0 < given.hours <= 168:
        raise Invalid({"hours": "Enter hours a week, from 0.5 to 168."})
    if given.amount is not None and kind is not MilestoneKind.MONEY:
        raise Invalid({"amount": "An amount goes with money only."})
    if given.amount is not None and (given.amount <= 0 or given.each not in Each.values):
        raise Invalid({"amount": "Enter how many pounds, and how often."})


def _refuse_too_early(case_id: UUID, on: dt.date, weeks: int) -> None:
    """Sustained work is counted from the day it began, where that is known."""
    began = Milestone.objects.filter(case_id=case_id, kind=MilestoneKind.PAID_WORK, taken_back_at=None)
    first = began.order_by("on").values_list("on", flat=True).first()
    if first is not None and on < first + dt.timedelta(weeks=weeks):
        raise Invalid({"on": f"This is less than {weeks} weeks after paid work began."})


@action(ASK)
def take_back_milestone(*, scope: Scope, milestone_id: UUID, reason: str) -> None:
    """It was not so. It stays on the record with the reason and counts no more. Raises Conflict, Invalid, NotFound."""
    row = (
        Milestone.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=milestone_id)
        .first()
    )
    if row is None or scope.user_id is None:
        raise NotFound
    if row.taken_back_at is not None:
        raise Conflict("Somebody has taken this back already.")
    if not reason.strip():
        raise Invalid({"reason": "Say why it was not so."})
    row.taken_back_at, row.taken_back_by_id, row.taken_back_why = clock.now(), scope.user_id, reason.strip()
    row.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    audit.record(scope, "took_back", "milestone", row.pk, person_id=row.person_id, fields=("taken_back_why",))
    words = f"Not so: {MilestoneKind(row.kind).label.lower()}"
    line = timeline.Line(row.person_id, "milestone", words)
    timeline.record(scope, line, object_kind="milestone", object_id=row.pk)
    outbox.emit(scope, "milestone.taken_back", object_id=row.pk)


@action(ASK)
def note_attendance(*, scope: Scope, case_id: UUID) -> None:
    """First attendance and still going, read from what groups and people said. Safe to run again."""
    audit.record(scope, "looked", "case", case_id)
    case = case_of(scope, case_id)
    for kind, on, said_by in attendance_to_note(scope, case_id).get(case_id, ()):
        _keep(scope, case_id, case.person_id, MilestoneDetails(kind, on, said_by))
