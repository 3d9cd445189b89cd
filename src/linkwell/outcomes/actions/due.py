"""A questionnaire that is due is something to do today, once; and is nothing any more when support ends."""

from uuid import UUID

from linkwell.casework.models import Case
from linkwell.casework.queries import case_row
from linkwell.core import audit
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.outcomes.models import Occasion
from linkwell.outcomes.permissions import ASK
from linkwell.outcomes.queries.due import cases_of_agreement, due, said_no_to_support
from linkwell.outcomes.schedule import DUE_TASKS
from linkwell.tasks.actions import drop_task, give_about, open_task
from linkwell.tasks.queries import open_about

KINDS = frozenset(DUE_TASKS.values())


@action(ASK)
def open_due(*, scope: Scope, case_id: UUID) -> None:
    """A task of the worker for each occasion that is due now. Safe to run again."""
    audit.record(scope, "looked", "case", case_id)
    case = case_row(scope, case_id)
    if said_no_to_support(scope, case.person_id):
        return
    for occasion in due(scope, case_id).get(case_id, ()):
        title = f"Ask somebody how they are: {Occasion(occasion).label.lower()}"
        open_task(
            scope=scope,
            team_id=case.team_id,
            owner_id=case.worker_id,
            kind=DUE_TASKS[occasion],
            title=title,
            about_kind="questionnaire",
            about_id=case_id,
            due_on=clock.today(),
            person_id=case.person_id,
        )


@action(ASK)
def drop_due(*, scope: Scope, case_id: UUID, why: str) -> None:
    """Nobody is asked any more. Safe to run again."""
    audit.record(scope, "looked", "case", case_id)
    for task in open_about(scope, case_id):
        if task.kind in KINDS:
            drop_task(scope=scope, task_id=task.id, expected_version=task.version, reason=why)


@action(ASK)
def drop_due_for_agreement(*, scope: Scope, agreement_id: UUID) -> None:
    audit.record(scope, "looked", "agreement", agreement_id)
    for case_id in cases_of_agreement(scope, agreement_id):
        drop_due(scope=scope, case_id=case_id, why="They said no to support")


@action(ASK)
def give_due(*, scope: Scope, case_id: UUID) -> None:
    """Whoever supports them now is who asks."""
    audit.record(scope, "looked", "case", case_id)
    row = Case.objects.filter(organisation_id=scope.organisation_id, pk=case_id).exclude(worker=None).first()
    if row is None or row.worker_id is None:
        return
    for kind in sorted(KINDS):
        give_about(scope=scope, about_id=case_id, kind=kind, to_user_id=row.worker_id)
