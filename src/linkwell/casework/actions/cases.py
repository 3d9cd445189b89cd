"""Who supports whom: allocating, moving to a colleague, the waiting list, weight and next date, and cover."""

import datetime as dt
from uuid import UUID

from linkwell.accounts import queries as accounts
from linkwell.casework.actions.parts import (
    acting_user,
    answer_by,
    change_case,
    lock_open_case,
    look_again_by,
    never_past,
    worker_of_team,
)
from linkwell.casework.models import Cover
from linkwell.casework.permissions import ALLOCATE, WRITE_CASES
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotFound
from linkwell.tasks import actions as tasks

HEAVIEST = 5
PAST_DATE_TASK = "case_past_date"


@action(ALLOCATE)
def allocate(*, scope: Scope, case_id: UUID, expected_version: int, worker_id: UUID) -> None:
    """Give a waiting case to a worker, or an open one to another worker. Raises Invalid for who has it already."""
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    if case.worker_id == worker_id:
        raise Invalid({"worker": "They are this person's link worker already."})
    name = worker_of_team(scope, case.team_id, worker_id)
    team = accounts.team(case.team_id)
    case.worker_id = worker_id
    case.next_date = answer_by(team, clock.today())
    line = timeline.Line(case.person_id, "support", f"Link worker: {name}.")
    if case.state == "waiting":
        case.next_step = "First conversation"
        states.move(
            scope=scope,
            row=case,
            to="allocated",
            fields=("worker", "next_date", "next_step"),
            line=line,
            person_id=case.person_id,
        )
    else:
        change_case(scope=scope, case=case, event="reallocated", fields=("worker", "next_date"), line=line)
    tasks.finish_tasks_about(scope=scope, about_id=case.pk, kind=PAST_DATE_TASK)


@action(ALLOCATE)
def put_back(*, scope: Scope, case_id: UUID, expected_version: int, reason: str) -> None:
    """Back to the waiting list, before the first conversation, with a reason."""
    if not reason.strip():
        raise Invalid({"reason": "Say why they go back to the waiting list."})
    case = lock_open_case(scope, case_id, expected_version=expected_version)
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
    tasks.finish_tasks_about(scope=scope, about_id=case.pk, kind=PAST_DATE_TASK)


@action(ALLOCATE)
def set_weight(*, scope: Scope, case_id: UUID, expected_version: int, weight: int) -> None:
    """How heavy a case is for a caseload: 1 is usual, up to 5."""
    if not 1 <= weight <= HEAVIEST:
        raise Invalid({"weight": "Choose a weight from 1 to 5."})
    case = lock_open_case(scope, case_id, expected_version=expected_version)
    case.weight = weight
    change_case(scope=scope, case=case, event="weighed", fields=("weight",))


@action(ALLOCATE)
def arrange_cover(*, scope: Scope, worker_id: UUID, covered_by_id: UUID, starts_on: dt.date, ends_on: dt.date) -> UUID:
    """A colleague sees and looks after somebody's people for these days, both included."""
    acting_user(scope)
    team = accounts.my_team(scope)
    if team is None:
        raise NotFound
    worker_of_team(scope, team.id, worker_id)
    worker_of_team(scope, team.id, covered_by_id)
    if worker_id == covered_by_id:
        raise Invalid({"covered_by": "Choose somebody else to cover."})
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Cover cannot end before it starts."})
    cover = Cover.objects.create(
        organisation_id=scope.organisation_id,
        worker_id=worker_id,
        covered_by_id=covered_by_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    audit.record(scope, "arranged", "cover", cover.pk, fields=("worker", "covered_by", "starts_on", "ends_on"))
    return cover.pk


@action(ALLOCATE)
def end_cover(*, scope: Scope, cover_id: UUID) -> None:
    """Cover is no longer needed. Raises NotFound for one that has ended already."""
    cover = (
        Cover.objects.select_for_update()
        .filter(organisation_id=scope.organisation_id, pk=cover_id, ended_at=None)
        .first()
    )
    if cover is None:
        raise NotFound
    cover.ended_at = clock.now()
    cover.save(update_fields=["ended_at"])
    audit.record(scope, "ended", "cover", cover.pk, fields=("ended_at",))
