"""A whole caseload goes to one or several colleagues in one act, and back while nothing has happened since."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from linkwell.accounts.permissions import MOVE_WORK
from linkwell.casework.actions.moving import (
    MovedCase,
    changed_since,
    give_appointments,
    move_cases,
    team_of,
)
from linkwell.core import audit, outbox
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, InvalidMove, NotAllowed, NotFound
from linkwell.tasks.actions import give_to as give_tasks
from linkwell.workforce.models import CaseloadMove, CaseloadMoveLine

MOVED = "caseload.moved"


@action(MOVE_WORK)
def move_caseload(*, scope: Scope, worker_id: UUID, given: Mapping[UUID, UUID]) -> UUID:
    """Cases (id to new worker) with their appointments and tasks, all in one transaction. Returns the move.

    Next dates stay. Raises Invalid when there is nobody to move, Conflict when one is somebody else's by now.
    """
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    if not given:
        raise Invalid({"": "There is nobody to move."})
    moved = move_cases(scope, worker_id, given)
    row = CaseloadMove.objects.create(
        organisation_id=scope.organisation_id,
        team_id=team_of(scope, moved[0].case_id),
        worker_id=worker_id,
        moved_by_id=scope.user_id,
    )
    CaseloadMoveLine.objects.bulk_create(_line(scope, row, each) for each in moved)
    audit.record(scope, "moved", "caseload", row.pk, fields=("worker",))
    outbox.emit(scope, MOVED, object_id=row.pk)
    return row.pk


def _line(scope: Scope, row: CaseloadMove, each: MovedCase) -> CaseloadMoveLine:
    return CaseloadMoveLine(
        organisation_id=scope.organisation_id,
        move=row,
        case_id=each.case_id,
        person_id=each.person_id,
        given_to_id=each.given_to,
        case_version=each.version,
        appointments=list(each.appointments),
        tasks=list(each.tasks),
    )


@action(MOVE_WORK)
def undo_move(*, scope: Scope, move_id: UUID) -> None:
    """Everybody goes back, with what went along. Raises InvalidMove when work has gone on with somebody since."""
    if scope.user_id is None:
        raise NotAllowed("Somebody who is signed in has to do this.")
    row = (
        CaseloadMove.objects.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=move_id)
        .first()
    )
    if row is None:
        raise NotFound
    if row.undone_at is not None:
        raise InvalidMove("This has been taken back already.")
    lines = list(row.lines.all())
    changed = changed_since(scope, {line.case_id: line.case_version for line in lines})
    if changed:
        raise InvalidMove(
            f"Work has gone on with {changed} of these people since, so it cannot all be taken back."
            " Move them one by one."
        )
    _give_back(scope, row, lines)
    row.undone_at, row.undone_by_id = clock.now(), scope.user_id
    row.save(update_fields=["undone_at", "undone_by"])
    audit.record(scope, "undone", "caseload", row.pk, fields=("undone_at",))
    outbox.emit(scope, MOVED, object_id=row.pk)


def _give_back(scope: Scope, row: CaseloadMove, lines: list[CaseloadMoveLine]) -> None:
    by_worker: defaultdict[UUID, list[CaseloadMoveLine]] = defaultdict(list)
    for line in lines:
        by_worker[line.given_to_id].append(line)
    for worker_id, theirs in by_worker.items():
        move_cases(scope, worker_id, {line.case_id: row.worker_id for line in theirs})
    give_appointments(scope, [each for line in lines for each in line.appointments], row.worker_id)
    give_tasks(scope, [each for line in lines for each in line.tasks], row.worker_id)
