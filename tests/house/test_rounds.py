"""If these fail, one bad row keeps everybody else from being reminded, looked for or called, and nobody hears of it."""

import ast
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from structlog.testing import capture_logs

import linkwell
from linkwell.casework import periodic as rounds
from linkwell.casework.case_tasks import PAST_DATE_TASK
from linkwell.casework.tests.helpers import accepted
from linkwell.core import outbox, periodic, worker
from linkwell.core.database import scoped
from linkwell.core.models import OutboxEvent
from linkwell.core.scope import Scope
from linkwell.tasks.models import Task
from tests.place import Place

pytestmark = pytest.mark.django_db
SOURCE = Path(linkwell.__file__).parent


def failing_for(bad: UUID, real: Callable[[Scope, UUID], None]) -> Callable[[Scope, UUID], None]:
    def job(scope: Scope, object_id: UUID) -> None:
        real(scope, object_id)
        if object_id == bad:
            raise RuntimeError("made up")

    return job


def broken(scope: Scope, object_id: UUID) -> None:
    raise RuntimeError("made up")


def test_a_row_that_fails_is_undone_alone_and_becomes_work_of_its_own(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = (accepted(place, place.worker.user_id, given_name=name) for name in ("Ada", "Joan"))
    round_ = rounds.say_what_comes_next
    monkeypatch.setattr(round_, "job", failing_for(bad, round_.job))
    with scoped(place.system), capture_logs() as logged:
        assert round_.over(place.system, [bad, good]) == 1
        assert set(Task.objects.filter(kind=PAST_DATE_TASK).values_list("about_id", flat=True)) == {good}
    assert [(line["event"], line["object_id"], line["error"]) for line in logged] == [
        ("row_of_round_failed", str(bad), "RuntimeError")
    ]
    waiting = OutboxEvent.objects.filter(event=round_.event, done_at=None)
    assert list(waiting.values_list("object_id", flat=True)) == [bad]


def test_a_row_that_failed_is_tried_again_and_done(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = accepted(place, place.worker.user_id)
    round_ = rounds.say_what_comes_next
    with monkeypatch.context() as patched:
        patched.setattr(round_, "job", failing_for(case_id, round_.job))
        with scoped(place.system):
            round_.over(place.system, [case_id])
    while worker.work_off():
        pass
    with scoped(place.system):
        assert Task.objects.filter(kind=PAST_DATE_TASK, about_id=case_id).count() == 1


def test_the_same_row_failing_again_the_same_day_is_waited_for_once(place: Place) -> None:
    job = periodic.OneByOne(broken)
    with scoped(place.system):
        assert [job.over(place.system, [place.team_id]) for _ in range(3)] == [1, 1, 1]
    assert OutboxEvent.objects.filter(event=job.event).count() == 1


def test_the_name_of_every_event_fits_its_column() -> None:
    longest = OutboxEvent._meta.get_field("event").max_length
    assert [event for event in outbox.registered() if len(event) > (longest or 0)] == []


def _loops(path: Path) -> list[str]:
    """Rounds that go through rows by themselves."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and any("every(" in ast.unparse(each) for each in node.decorator_list):
            found += [node.name for each in ast.walk(node) if isinstance(each, ast.For)]
    return found


def test_every_round_over_rows_does_them_one_by_one() -> None:
    loops = {path.parent.name: _loops(path) for path in SOURCE.glob("*/periodic.py")}
    # A row for each team of an organisation.
    few = {"count_waits"}
    assert [f"{app}: {name}" for app, names in loops.items() for name in names if name not in few] == [], (
        "Give each row to a function marked @periodic.one_by_one, and call its .over()."
    )
