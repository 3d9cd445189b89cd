"""Support that rests: in hospital, away, or not well enough. It always has a day to start again."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.parts import (
    acting_user,
    answer_by,
    change_case,
    lock_case,
    lock_open_case,
    where_it_stands,
)
from linkwell.casework.case_tasks import PAST_DATE_TASK, START_AGAIN_TASK, finish_tasks, task_about
from linkwell.casework.details import PauseDetails
from linkwell.casework.models import Case, Pause, PauseReason
from linkwell.casework.permissions import WRITE_CASES
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock, words
from linkwell.kernel.errors import Invalid, InvalidMove

PAUSE_FIELDS = ("pause_reason", "paused_until")
LONGEST_PAUSE = dt.timedelta(days=183)


@action(WRITE_CASES)
def pause(*, scope: Scope, case_id: UUID, expected_version: int, details: PauseDetails) -> UUID:
    """Support rests until a day. Raises Invalid for a day that is not ahead, or more than half a year away."""
    user = acting_user(scope)
    _refuse_impossible(details)
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    if case.state == "paused":
        raise InvalidMove("This support is paused already. You can change the day.")
    row = Pause.objects.create(
        organisation_id=scope.organisation_id,
        case=case,
        reason=details.reason,
        note=details.note.strip(),
        started_at=clock.now(),
        until=details.until,
        recorded_by_id=user,
    )
    case.pause_reason, case.paused_until = details.reason, details.until
    case.next_date, case.next_step = details.until, "Start again"
    words_ = f"Support rests until {words.written_date(details.until)}."
    states.move(
        scope=scope,
        row=case,
        to="paused",
        reason=details.reason,
        fields=(*PAUSE_FIELDS, "next_date", "next_step"),
        line=timeline.Line(case.person_id, "support", words_),
        person_id=case.person_id,
    )
    finish_tasks(scope, case, PAST_DATE_TASK)
    return row.pk


@action(WRITE_CASES)
def pause_until(*, scope: Scope, case_id: UUID, expected_version: int, until: dt.date) -> None:
    """Another day to start again."""
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    if case.state != "paused":
        raise InvalidMove("This support is not paused.")
    _refuse_impossible(PauseDetails(case.pause_reason, until))
    case.paused_until = case.next_date = until
    Pause.objects.filter(organisation_id=scope.organisation_id, case=case, ended_at=None).update(until=until)
    line = timeline.Line(case.person_id, "support", f"Support rests until {words.written_date(until)}.")
    change_case(scope=scope, case=case, event="pause changed", fields=("paused_until", "next_date"), line=line)


def _refuse_impossible(details: PauseDetails) -> None:
    if details.reason not in PauseReason.values:
        raise Invalid({"reason": "Choose why support rests."})
    if details.until <= clock.today():
        raise Invalid({"until": "Choose a day after today to start again."})
    if details.until > clock.today() + LONGEST_PAUSE:
        raise Invalid({"until": "Choose a day within six months. You can change it later."})


@action(WRITE_CASES)
def start_again(*, scope: Scope, case_id: UUID, expected_version: int | None = None) -> None:
    """Support goes on today, in the state it had come to. Nothing to do for support that is not paused."""
    case = lock_case(scope, case_id, expected_version=expected_version)
    if case.state != "paused":
        audit.record(scope, "not paused", "case", case.pk, person_id=case.person_id)
        return
    fields = end_pause(scope, case)
    case.next_date = answer_by(accounts.team(case.team_id), clock.today())
    case.next_step = "Get in touch again"
    states.move(
        scope=scope,
        row=case,
        to=where_it_stands(case),
        fields=(*fields, "next_date", "next_step"),
        line=timeline.Line(case.person_id, "support", "Support goes on."),
        person_id=case.person_id,
    )


@action(WRITE_CASES)
def start_again_by_itself(*, scope: Scope, case_id: UUID) -> None:
    """The day has come: support goes on, and its worker, or the team, is told."""
    start_again(scope=scope, case_id=case_id)
    case = lock_case(scope, case_id)
    if case.state == "closed" or case.next_date is None:
        return
    title = "Get in touch again: a pause has ended"
    task_about(scope, case, owner_id=case.worker_id, kind=START_AGAIN_TASK, title=title, due_on=case.next_date)


def end_pause(scope: Scope, case: Case) -> tuple[str, ...]:
    """Take a locked case out of its pause, if it is in one; the caller saves these columns with the move."""
    Pause.objects.filter(organisation_id=scope.organisation_id, case=case, ended_at=None).update(ended_at=clock.now())
    case.pause_reason, case.paused_until = "", None
    return PAUSE_FIELDS
