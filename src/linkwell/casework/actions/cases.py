"""Who supports whom: allocating, moving to a colleague, the waiting list, and the next date."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.load import note_complexity
from linkwell.casework.actions.moving import give_what_waits
from linkwell.casework.actions.parts import (
    answer_by,
    change_case,
    lock_open_case,
    look_again_by,
    never_past,
    where_it_stands,
    worker_of_team,
)
from linkwell.casework.case_tasks import PAST_DATE_TASK, STILL_WAITING_TASK, finish_tasks
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.permissions import ALLOCATE, WRITE_CASES
from linkwell.core import states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove


@action(ALLOCATE)
def allocate(
    *,
    scope: Scope,
    case_id: UUID,
    expected_version: int,
    worker_id: UUID,
    complexity: ComplexityDetails | None = None,
) -> None:
    """Give a waiting case to a worker, or an open one to another worker, with how complex it is.

    What waits in it for the worker before goes along. Raises Invalid for who has it already.
    """
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    if case.worker_id == worker_id:
        raise Invalid({"worker": "They are this person's link worker already."})
    name = worker_of_team(scope, case.team_id, worker_id)
    team = accounts.team(case.team_id)
    before, case.worker_id = case.worker_id, worker_id
    if before is not None:
        give_what_waits(scope, case, before, worker_id)
    if complexity is not None:
        note_complexity(scope, case, complexity)
    # A pause keeps its day: whoever has them now gets in touch then.
    case.next_date = case.paused_until or answer_by(team, clock.today())
    line = timeline.Line(case.person_id, "support", f"Link worker: {name}.")
    if case.state == "waiting":
        case.next_step = "Talk again" if case.first_spoken_at else "First conversation"
        states.move(
            scope=scope,
            row=case,
            to=where_it_stands(case),
            fields=("worker", "next_date", "next_step", "weight"),
            line=line,
            person_id=case.person_id,
        )
    else:
        change_case(scope=scope, case=case, event="reallocated", fields=("worker", "next_date", "weight"), line=line)
    finish_tasks(scope, case, PAST_DATE_TASK, STILL_WAITING_TASK)


@action(ALLOCATE)
def put_back(*, scope: Scope, case_id: UUID, expected_version: int, reason: str) -> None:
    """Back to the waiting list, before the first conversation, with a reason."""
    if not reason.strip():
        raise Invalid({"reason": "Say why they go back to the waiting list."})
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    if case.state == "paused":
        raise InvalidMove("This support is paused. Start it again first.")
    team = accounts.team(case.team_id)
    case.worker_id = None
    case.next_date, case.next_step = look_again_by(team, clock.today()), "Find a link worker"
    states.move(
        scope=scope,
        row=case,
        to="waiting",
        reason=reason.strip(),
        fields=("worker", "next_date", "next_step"),
        line=timeline.Line(case.person_id, "support", "Back on the waiting list."),
        person_id=case.person_id,
    )


@action(WRITE_CASES)
def set_next(*, scope: Scope, case_id: UUID, expected_version: int, next_date: dt.date, next_step: str = "") -> None:
    """Say what comes next and by when. Raises Invalid for a day that has gone."""
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    case.next_date, case.next_step = never_past(next_date), next_step.strip()
    change_case(scope=scope, case=case, event="next set", fields=("next_date", "next_step"))
    finish_tasks(scope, case, PAST_DATE_TASK)
