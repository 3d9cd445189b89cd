"""Tasks about a case, for whoever supports the person."""

from datetime import date
from typing import Protocol
from uuid import UUID

from linkwell.core.scope import Scope
from linkwell.tasks import actions as tasks

PAST_DATE_TASK = "case_past_date"
START_AGAIN_TASK = "case_start_again"
STILL_WAITING_TASK = "still_waiting"
ALONE_TASK = "speak_alone_first"
END_WITH_THEM_TASK = "end_with_them"
# Nobody is asked for these once support has ended.
WHILE_SUPPORTED = (PAST_DATE_TASK, START_AGAIN_TASK, STILL_WAITING_TASK, ALONE_TASK, END_WITH_THEM_TASK)


class AnyCase(Protocol):
    """A case, or a row of one."""

    @property
    def id(self) -> UUID: ...

    @property
    def team_id(self) -> UUID: ...

    @property
    def person_id(self) -> UUID: ...


def task_about(scope: Scope, case: AnyCase, *, owner_id: UUID | None, kind: str, title: str, due_on: date) -> None:
    """Open a task that leads to the case; without an owner it is the team's. `title` says no need and no name."""
    tasks.open_task(
        scope=scope,
        team_id=case.team_id,
        owner_id=owner_id,
        kind=kind,
        title=title,
        about_kind="case",
        about_id=case.id,
        due_on=due_on,
        person_id=case.person_id,
    )


def finish_tasks(scope: Scope, case: AnyCase, *kinds: str) -> None:
    """What these tasks about the case asked for is done, or is not needed any more. Called inside an action."""
    for kind in kinds:
        tasks.finish_tasks_about(scope=scope, about_id=case.id, kind=kind)
