"""The plan: changed by several people, agreed, compared, and never lost."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from linkwell.casework import actions, queries
from linkwell.casework.details import StepDetails
from linkwell.casework.presenters.plan import compared
from linkwell.casework.tests.helpers import a_plan, supported, version
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from tests.place import Place

pytestmark = pytest.mark.django_db


def test_the_plan_holds_what_they_want_how_much_and_how_sure(place: Place) -> None:
    case_id = supported(place)
    a_plan(place.worker.scope, case_id)
    plan = queries.plan(place.worker.scope, case_id)
    goal = plan.needs[0].goals[0]
    assert (plan.needs[0].words, goal.importance, goal.steps[0].confidence) == ("I see nobody all week", 8, 4)
    assert plan.changed_since_agreed


@pytest.mark.fault("F33")
def test_two_people_change_one_step_and_the_second_is_told(place: Place) -> None:
    case_id = supported(place)
    *_, step = a_plan(place.worker.scope, case_id)
    new = StepDetails(words="Ring first", who="Joan")
    actions.change_step(scope=place.worker.scope, step_id=step, expected_version=1, step=new)
    with pytest.raises(Conflict):
        actions.change_step(scope=place.colleague.scope, step_id=step, expected_version=1, step=new)


@pytest.mark.fault("F33")
def test_two_people_change_different_parts_and_both_are_kept(place: Place) -> None:
    case_id = supported(place)
    need, goal, _ = a_plan(place.worker.scope, case_id)
    actions.change_need(scope=place.worker.scope, need_id=need, expected_version=1, words="More company")
    actions.change_goal(scope=place.colleague.scope, goal_id=goal, expected_version=1, words="Lunch out", importance=9)
    plan = queries.plan(place.worker.scope, case_id)
    assert (plan.needs[0].words, plan.goals[0].words, plan.goals[0].importance) == ("More company", "Lunch out", 9)


@pytest.mark.fault("F33")
def test_nobody_agrees_to_a_plan_they_have_not_read(place: Place) -> None:
    case_id = supported(place)
    a_plan(place.worker.scope, case_id)
    read = queries.plan(place.worker.scope, case_id)
    actions.add_need(scope=place.colleague.scope, plan_id=read.id, words="Warm home")
    with pytest.raises(Conflict):
        actions.agree_plan(
            scope=place.worker.scope, plan_id=read.id, expected_version=read.version, agreed=True, how="spoken"
        )


def test_a_plan_is_agreed_how_or_says_why_not(place: Place) -> None:
    case_id = supported(place)
    a_plan(place.worker.scope, case_id)
    plan = queries.plan(place.worker.scope, case_id)
    ask: dict[str, Any] = {"scope": place.worker.scope, "plan_id": plan.id, "expected_version": plan.version}
    with pytest.raises(Invalid):
        actions.agree_plan(**ask, agreed=True, how="by telepathy")
    with pytest.raises(Invalid):
        actions.agree_plan(**ask, agreed=False)
    assert actions.agree_plan(**ask, agreed=False, why_not="She wants to think about it") == 1
    assert actions.agree_plan(**ask, agreed=True, how="spoken") == 2
    kept = queries.plan(place.worker.scope, case_id)
    assert [each.agreed for each in kept.versions] == [False, True]
    assert not kept.changed_since_agreed


def test_two_versions_side_by_side_say_what_changed(place: Place) -> None:
    case_id = supported(place)
    _, goal, step = a_plan(place.worker.scope, case_id)
    _agree(place, case_id)
    actions.change_step(
        scope=place.worker.scope,
        step_id=step,
        expected_version=1,
        step=StepDetails(words="Try the lunch club", who="Joan", confidence=8),
    )
    actions.set_goal_state(scope=place.worker.scope, goal_id=goal, expected_version=1, state="reached")
    _agree(place, case_id)
    versions = queries.plan(place.worker.scope, case_id).versions
    rows = compared(versions[0].content, versions[1].content)
    changed = {row.label: (row.left, row.right) for row in rows if row.left != row.right}
    assert any("4 out of 10" in left and "8 out of 10" in right for left, right in changed.values())
    assert any("Working on it" in left and "Reached" in right for left, right in changed.values())


def test_what_was_taken_off_can_be_brought_back(place: Place) -> None:
    case_id = supported(place)
    need, _, step = a_plan(place.worker.scope, case_id)
    actions.end_step(scope=place.worker.scope, step_id=step, expected_version=1)
    actions.end_need(scope=place.worker.scope, need_id=need, expected_version=1)
    assert queries.plan(place.worker.scope, case_id).needs == ()
    assert [kind for kind, *_ in queries.removed_items(place.worker.scope, case_id)] == ["need", "step"]
    actions.bring_back_need(scope=place.worker.scope, need_id=need, expected_version=2)
    actions.bring_back_step(scope=place.worker.scope, step_id=step, expected_version=2)
    assert len(queries.plan(place.worker.scope, case_id).goals[0].steps) == 1


def test_a_step_is_done_and_can_be_not_done_after_all(place: Place) -> None:
    case_id = supported(place)
    *_, step = a_plan(place.worker.scope, case_id)
    actions.finish_step(scope=place.worker.scope, step_id=step, expected_version=1)
    assert queries.plan(place.worker.scope, case_id).goals[0].steps[0].done_at is not None
    actions.finish_step(scope=place.worker.scope, step_id=step, expected_version=2, done=False)
    assert queries.plan(place.worker.scope, case_id).goals[0].steps[0].done_at is None


@pytest.mark.parametrize("score", [0, 11])
def test_scores_go_from_one_to_ten(place: Place, score: int) -> None:
    case_id = supported(place)
    need, goal, _ = a_plan(place.worker.scope, case_id)
    with pytest.raises(Invalid):
        actions.add_goal(scope=place.worker.scope, need_id=need, words="Lunch", importance=score)
    step = StepDetails(words="Go", who="Joan", confidence=score)
    with pytest.raises(Invalid):
        actions.add_step(scope=place.worker.scope, goal_id=goal, step=step)


def test_the_review_date_lies_ahead(place: Place) -> None:
    plan = queries.plan(place.worker.scope, supported(place))
    ask: dict[str, Any] = {
        "scope": place.worker.scope,
        "plan_id": plan.id,
        "expected_version": 1,
        "strengths": "Good cook",
    }
    with pytest.raises(Invalid):
        actions.set_plan_words(**ask, review_on=clock.today() - dt.timedelta(days=1))
    actions.set_plan_words(**ask, review_on=clock.today())
    with pytest.raises(Conflict):
        actions.set_plan_words(**ask, review_on=None)


@pytest.mark.fault("F14")
def test_a_stranger_finds_nothing_of_a_plan(place: Place) -> None:
    case_id = supported(place)
    need, goal, step = a_plan(place.worker.scope, case_id)
    scope = place.stranger.scope
    with pytest.raises(NotFound):
        actions.change_need(scope=scope, need_id=need, expected_version=1, words="x")
    with pytest.raises(NotFound):
        actions.add_step(scope=scope, goal_id=goal, step=StepDetails(words="x", who="x"))
    with pytest.raises(NotFound):
        actions.finish_step(scope=scope, step_id=step, expected_version=1)
    with pytest.raises(NotFound):
        actions.add_need(scope=scope, plan_id=uuid4(), words="x")
    assert queries.removed_items(scope, case_id) == ()


def test_the_plan_of_ended_support_stands_still(place: Place) -> None:
    from linkwell.casework.details import ClosingDetails

    case_id = supported(place)
    need, *_ = a_plan(place.worker.scope, case_id)
    actions.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.worker.scope, case_id),
        closing=ClosingDetails(reason="goals_met"),
    )
    with pytest.raises(InvalidMove):
        actions.change_need(scope=place.worker.scope, need_id=need, expected_version=1, words="x")


@pytest.mark.parametrize("goals", [1, 20])
def test_a_plan_costs_the_same_however_long(place: Place, goals: int, django_assert_num_queries: object) -> None:
    case_id = supported(place)
    need, *_ = a_plan(place.worker.scope, case_id)
    for number in range(goals - 1):
        actions.add_goal(scope=place.worker.scope, need_id=need, words=f"Goal {number}")
    # The scope, the plan, everything in it at once, versions; savepoint, its release and the scope's end around.
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(queries.plan(place.worker.scope, case_id).goals) == goals


def _agree(place: Place, case_id: UUID) -> None:
    plan = queries.plan(place.worker.scope, case_id)
    actions.agree_plan(
        scope=place.worker.scope, plan_id=plan.id, expected_version=plan.version, agreed=True, how="spoken"
    )
