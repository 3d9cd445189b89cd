"""Finishing several tasks at once."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict

from linkwell.core.plain_forms import PlainForm
from linkwell.core.scope import Scope
from linkwell.core.several import Before, Chosen, Kind, register
from linkwell.kernel import clock, words
from linkwell.tasks import actions, presenters, queries
from linkwell.tasks.permissions import DO_TASKS
from linkwell.tasks.queries import TaskRow


def _nothing_to_ask(scope: Scope, data: QueryDict | None) -> PlainForm:
    return PlainForm(data)


def _look(scope: Scope, ids: Collection[UUID]) -> tuple[Chosen, ...]:
    today = clock.today()
    return tuple(_chosen(row, today) for row in queries.tasks_named(scope, ids))


def _chosen(row: TaskRow, today: date) -> Chosen:
    problem = "" if row.state == "open" else "It is done already."
    return Chosen(row.id, row.title, words.sentence(presenters.due_words(row.due_on, today)), row.version, problem)


def _do(scope: Scope, one: Chosen, given: Mapping[str, Any]) -> None:
    actions.finish_task(scope=scope, task_id=one.id, expected_version=one.version)


def _undo(scope: Scope, task_id: UUID, version: int, before: Before) -> None:
    actions.reopen_task(scope=scope, task_id=task_id, expected_version=version)


TASKS_DONE = register(
    Kind(
        name="tasks-done",
        permission=DO_TASKS,
        title="Mark several as done",
        button="Mark them as done",
        done="done",
        back="tasks:list",
        form=_nothing_to_ask,
        look=_look,
        do=_do,
        undo=_undo,
    )
)
