"""Before support ends for somebody who may be at risk: the number is checked, and a lead decides."""

from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.closing import end_support, refuse_what_is_missing
from linkwell.casework.actions.offers import EXTENSION_TASK
from linkwell.casework.actions.parts import acting_user, answer_by, lock_case, lock_open_case, lock_undecided
from linkwell.casework.case_tasks import task_about
from linkwell.casework.details import ClosingDetails, NumberCheckDetails
from linkwell.casework.endings import AFTER_TRIES
from linkwell.casework.models import CheckedWith, ClosingRequest, NumberAnswer, NumberCheck, OfferExtension
from linkwell.casework.permissions import DECIDE_ENDINGS, WRITE_CASES
from linkwell.casework.queries.reaching import lead_must_decide
from linkwell.core import audit, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove
from linkwell.tasks import actions as tasks

DECIDE_TASK = "decide_closing"
DECIDED_TASK = "closing_decided"


@action(WRITE_CASES)
def check_number(*, scope: Scope, case_id: UUID, details: NumberCheckDetails) -> UUID:
    """Somebody was asked whether the details we try are right. Raises Invalid."""
    case = lock_open_case(scope, case_id)
    if details.checked_with not in CheckedWith.values:
        raise Invalid({"checked_with": "Choose whom you asked."})
    if details.answer not in NumberAnswer.values:
        raise Invalid({"answer": "Choose what they said."})
    if details.checked_on > clock.today():
        raise Invalid({"checked_on": "The day must be today or earlier."})
    row = NumberCheck.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        checked_with=details.checked_with,
        name=details.name.strip(),
        answer=details.answer,
        checked_on=details.checked_on,
        recorded_by_id=acting_user(scope),
    )
    audit.record(scope, "checked", "number_check", row.pk, person_id=case.person_id, fields=("answer",))
    line = timeline.Line(case.person_id, "support", "Their number and address were checked.")
    timeline.record(scope, line, object_kind="case", object_id=case.pk)
    return row.pk


@action(WRITE_CASES)
def ask_to_close(*, scope: Scope, case_id: UUID, expected_version: int, reason: str, answer: str, why: str) -> UUID:
    """Ask the lead to end support. All that the reason asks for has to be there already. Raises Invalid."""
    user = acting_user(scope)
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    refuse_what_is_missing(scope, case, reason, answer)
    if not lead_must_decide(scope, case, reason):
        raise Invalid({"reason": "You can end this support yourself."})
    if not why.strip():
        raise Invalid({"why": "Say why support should end."})
    if ClosingRequest.objects.filter(case=case, decided_at=None).exists():
        raise InvalidMove("Your lead has been asked already.")
    team = accounts.team(case.team_id)
    row = ClosingRequest.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        reason=reason,
        answer=answer.strip(),
        why=why.strip(),
        asked_by_id=user,
    )
    audit.record(scope, "asked", "closing_request", row.pk, person_id=case.person_id, fields=("reason", "why"))
    tasks.open_task(
        scope=scope,
        team_id=case.team_id,
        owner_id=None if team.duty_user_id == user else team.duty_user_id,
        kind=DECIDE_TASK,
        title="Could not be reached: should support end?" if reason in AFTER_TRIES else "Should support end?",
        about_kind="closing_request",
        about_id=row.pk,
        due_on=answer_by(team, clock.today()),
        person_id=case.person_id,
    )
    return row.pk


@action(DECIDE_ENDINGS)
def decide_closing(*, scope: Scope, request_id: UUID, agreed: bool, note: str = "", still_open_note: str = "") -> None:
    """Yes ends support with what the worker wrote; no leaves it open and says why. Raises Conflict when decided."""
    user = acting_user(scope)
    row = lock_undecided(scope, ClosingRequest, request_id)
    if not agreed and not note.strip():
        raise Invalid({"note": "Say why support goes on, and what to try."})
    case = lock_open_case(scope, row.case_id)
    if agreed:
        # They may have been reached since.
        refuse_what_is_missing(scope, case, row.reason, row.answer)
    row.decided_at, row.decided_by_id = clock.now(), user
    row.agreed, row.decision_note = agreed, note.strip()
    row.save(update_fields=["decided_at", "decided_by", "agreed", "decision_note"])
    audit.record(
        scope, "decided", "closing_request", row.pk, person_id=case.person_id, fields=("agreed", "decision_note")
    )
    tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=DECIDE_TASK)
    if agreed:
        details = ClosingDetails(row.reason, row.answer, note=row.why, still_open_note=still_open_note)
        end_support(scope, case, details)
        return
    task_about(
        scope,
        case,
        owner_id=case.worker_id or row.asked_by_id,
        kind=DECIDED_TASK,
        title="Your lead has answered: support goes on",
        due_on=clock.today(),
    )


@action(WRITE_CASES)
def drop_questions(*, scope: Scope, case_id: UUID) -> None:
    """Support has ended: what a lead was still asked about it needs no answer. Safe to run again."""
    case = lock_case(scope, case_id)
    audit.record(scope, "dropped questions", "case", case.pk, person_id=case.person_id)
    if case.state != "closed":
        return
    for kind, task in ((ClosingRequest, DECIDE_TASK), (OfferExtension, EXTENSION_TASK)):
        for row in kind.objects.select_for_update(of=("self",)).filter(case=case, decided_at=None):
            row.decided_at, row.decided_by_id = clock.now(), case.closed_by_id
            row.agreed, row.decision_note = False, "Support has ended."
            row.save(update_fields=["decided_at", "decided_by", "agreed", "decision_note"])
            tasks.finish_tasks_about(scope=scope, about_id=row.pk, kind=task)
