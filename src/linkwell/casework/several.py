"""What can be done with several people of a caseload at once."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from linkwell.accounts import queries as accounts
from linkwell.casework import actions, queries
from linkwell.casework.actions.several import put_next_back
from linkwell.casework.forms.common import AheadField
from linkwell.casework.permissions import ALLOCATE, WRITE_CASES
from linkwell.casework.presenters import next_words
from linkwell.casework.rows import CaseRow
from linkwell.core.plain_forms import PlainForm
from linkwell.core.scope import Scope
from linkwell.core.several import Before, Chosen, Kind, register
from linkwell.kernel import clock


class NextForAllForm(PlainForm):
    next_date = AheadField(label="By when?")
    next_step = forms.CharField(
        label="What comes next?", required=False, max_length=300, help_text="Leave it empty to keep each one’s own."
    )


class ColleagueForm(PlainForm):
    worker = forms.ChoiceField(label="Who will support them?")

    def __init__(self, *args: Any, workers: Collection[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", "Choose a colleague"), *workers]  # type: ignore[attr-defined]


def _next_form(scope: Scope, data: QueryDict | None) -> PlainForm:
    return NextForAllForm(data)


def _colleague_form(scope: Scope, data: QueryDict | None) -> PlainForm:
    team = accounts.my_team(scope)
    workers = accounts.team_workers(scope, team.id) if team else ()
    return ColleagueForm(data, workers=[(str(each.user_id), each.name) for each in workers])


def _look_with(
    now: Callable[[CaseRow], str], *, waiting: bool = False
) -> Callable[[Scope, Collection[UUID]], tuple[Chosen, ...]]:
    """How each of some cases stands; they must have a link worker already, or else all be `waiting` for one."""

    def look(scope: Scope, ids: Collection[UUID]) -> tuple[Chosen, ...]:
        return tuple(_chosen(row, now(row), waiting=waiting) for row in queries.cases_named(scope, ids))

    return look


def _chosen(row: CaseRow, now: str, *, waiting: bool) -> Chosen:
    problem = ""
    if not row.is_open:
        problem = "Support has ended."
    elif waiting and row.worker_id is not None:
        problem = "They have a link worker already."
    elif not waiting and row.worker_id is None:
        problem = "They have no link worker yet. Choose one on the waiting list."
    before = {
        "next_date": row.next_date.isoformat() if row.next_date else "",
        "next_step": row.next_step,
        "worker": str(row.worker_id or ""),
    }
    return Chosen(row.id, row.person_name, now, row.version, problem, before)


def _set_next(scope: Scope, one: Chosen, given: Mapping[str, Any]) -> None:
    kept = (one.before or {}).get("next_step", "")
    actions.set_next(
        scope=scope,
        case_id=one.id,
        expected_version=one.version,
        next_date=given["next_date"],
        next_step=given["next_step"] or kept,
    )


def _next_back(scope: Scope, case_id: UUID, version: int, before: Before) -> None:
    date = dt.date.fromisoformat(before["next_date"]) if before["next_date"] else clock.today()
    put_next_back(scope=scope, case_id=case_id, expected_version=version, next_date=date, next_step=before["next_step"])


def _to_colleague(scope: Scope, one: Chosen, given: Mapping[str, Any]) -> None:
    worker_id = UUID(given["worker"])
    actions.allocate(scope=scope, case_id=one.id, expected_version=one.version, worker_id=worker_id)


def _to_former(scope: Scope, case_id: UUID, version: int, before: Before) -> None:
    actions.allocate(scope=scope, case_id=case_id, expected_version=version, worker_id=UUID(before["worker"]))
    _next_back(scope, case_id, version + 1, before)


def _to_waiting_list(scope: Scope, case_id: UUID, version: int, before: Before) -> None:
    reason = "Chosen for several people at once, and taken back."
    actions.put_back(scope=scope, case_id=case_id, expected_version=version, reason=reason)
    _next_back(scope, case_id, version + 1, before)


SEVERAL_NEXT = register(
    Kind(
        name="cases-next",
        permission=WRITE_CASES,
        title="Set the next date for several people",
        button="Set the date for them",
        done="the next date is the one you choose",
        back="casework:caseload",
        form=_next_form,
        look=_look_with(lambda row: next_words(row, clock.today())),
        do=_set_next,
        undo=_next_back,
    )
)
SEVERAL_MOVED = register(
    Kind(
        name="cases-colleague",
        permission=ALLOCATE,
        title="Give several people to a colleague",
        button="Give them to this colleague",
        done="goes to the colleague you choose, with what waits for them",
        back="casework:caseload",
        form=_colleague_form,
        look=_look_with(lambda row: f"With {row.worker_name}" if row.worker_id else "Waiting"),
        do=_to_colleague,
        undo=_to_former,
    )
)
SEVERAL_GIVEN = register(
    Kind(
        name="cases-worker",
        permission=ALLOCATE,
        title="Choose a link worker for several people",
        button="Give them this link worker",
        done="goes from the waiting list to the link worker you choose",
        back="casework:waiting",
        form=_colleague_form,
        look=_look_with(lambda row: next_words(row, clock.today()), waiting=True),
        do=_to_colleague,
        undo=_to_waiting_list,
    )
)
