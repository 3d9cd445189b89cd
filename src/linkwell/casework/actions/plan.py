"""The plan: what the person would like to change, their goals, and the steps. A removal can be undone.

Each item carries its own version, so two people may change different parts at once; the plan's version grows
with every change, so that nobody records an agreement to a plan they have not read.
"""

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.db.models import Max

from linkwell.casework.actions.parts import acting_user
from linkwell.casework.details import StepDetails
from linkwell.casework.models import Action, Goal, Need, Plan, PlanVersion
from linkwell.casework.permissions import WRITE_CASES
from linkwell.casework.queries.plan import content_of, needs_of
from linkwell.core import audit, states, timeline
from linkwell.core.actions import action
from linkwell.core.scope import Scope
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.people import actions as people
from linkwell.people.deciding import THE_PERSON, AgreedBy, Decision

LONGEST_WORDS = 300
HOW_AGREED = {"spoken": "said so in person or by phone", "written": "in writing", "online": "online"}


Item = TypeVar("Item", Need, Goal, Action)


@action(WRITE_CASES)
def set_plan_words(
    *, scope: Scope, plan_id: UUID, expected_version: int, strengths: str, review_on: dt.date | None
) -> None:
    """Strengths, and when the plan is looked at again. `expected_version` is the plan's `words_version`."""
    plan = _lock_plan(scope, plan_id)
    if plan.words_version != expected_version:
        raise Conflict
    if review_on is not None and review_on != plan.review_on and review_on < clock.today():
        raise Invalid({"review_on": "The review date must be today or later."})
    plan.strengths, plan.review_on = strengths.strip(), review_on
    plan.words_version += 1
    _changed(scope, plan, "changed", "plan", plan.pk, ("strengths", "review_on"))


@action(WRITE_CASES)
def add_need(*, scope: Scope, plan_id: UUID, words: str, code: str = "") -> UUID:
    """Something the person would like to change, in their words."""
    plan = _lock_plan(scope, plan_id)
    need = Need.objects.create(
        organisation_id=scope.organisation_id,
        plan=plan,
        code=code,
        words=_words(words, "Write what they would like to change."),
        position=_next_position(plan.needs.aggregate(last=Max("position"))["last"]),
    )
    _changed(scope, plan, "added", "need", need.pk, ("words",))
    return need.pk


@action(WRITE_CASES)
def change_need(*, scope: Scope, need_id: UUID, expected_version: int, words: str) -> None:
    need = _locked(Need, scope, need_id, expected_version)
    plan = _lock_plan(scope, need.plan_id)
    need.words = _words(words, "Write what they would like to change.")
    _save(need, "words")
    _changed(scope, plan, "changed", "need", need.pk, ("words",))


@action(WRITE_CASES)
def end_need(*, scope: Scope, need_id: UUID, expected_version: int) -> None:
    """Take a need, with its goals, off the plan. `bring_back_need` undoes it."""
    _show_need(scope, need_id, expected_version, shown=False)


@action(WRITE_CASES)
def bring_back_need(*, scope: Scope, need_id: UUID, expected_version: int) -> None:
    _show_need(scope, need_id, expected_version, shown=True)


@action(WRITE_CASES)
def add_goal(*, scope: Scope, need_id: UUID, words: str, importance: int | None = None) -> UUID:
    """A goal towards a need. `importance` is 1-10, as the person says."""
    need = _locked(Need, scope, need_id)
    plan = _lock_plan(scope, need.plan_id)
    goal = Goal(
        organisation_id=scope.organisation_id,
        need=need,
        state="open",
        words=_words(words, "Write the goal."),
        importance=_one_to_ten(importance, "importance"),
        position=_next_position(need.goals.aggregate(last=Max("position"))["last"]),
    )
    states.begin(scope=scope, row=goal, person_id=plan.person_id)
    _changed(scope, plan, "added", "goal", goal.pk, ("words", "importance"))
    return goal.pk


@action(WRITE_CASES)
def change_goal(
    *, scope: Scope, goal_id: UUID, expected_version: int, words: str, importance: int | None = None
) -> None:
    goal = _locked(Goal, scope, goal_id, expected_version)
    plan = _plan_of_goal(scope, goal)
    goal.words, goal.importance = _words(words, "Write the goal."), _one_to_ten(importance, "importance")
    _save(goal, "words", "importance")
    _changed(scope, plan, "changed", "goal", goal.pk, ("words", "importance"))


@action(WRITE_CASES)
def set_goal_state(*, scope: Scope, goal_id: UUID, expected_version: int, state: str, reason: str = "") -> None:
    """Reached, partly reached, set aside, or open again. Raises InvalidMove for what the table does not allow."""
    goal = _locked(Goal, scope, goal_id, expected_version)
    plan = _plan_of_goal(scope, goal)
    states.move(scope=scope, row=goal, to=state, reason=reason, person_id=plan.person_id)
    _changed(scope, plan, "changed", "goal", goal.pk, ("state",))


@action(WRITE_CASES)
def end_goal(*, scope: Scope, goal_id: UUID, expected_version: int) -> None:
    """Take a goal off the plan, because it was written down wrongly. `bring_back_goal` undoes it."""
    _show_goal(scope, goal_id, expected_version, shown=False)


@action(WRITE_CASES)
def bring_back_goal(*, scope: Scope, goal_id: UUID, expected_version: int) -> None:
    _show_goal(scope, goal_id, expected_version, shown=True)


@action(WRITE_CASES)
def add_step(*, scope: Scope, goal_id: UUID, step: StepDetails) -> UUID:
    """A step towards a goal: what, who, when, how sure."""
    goal = _locked(Goal, scope, goal_id)
    plan = _plan_of_goal(scope, goal)
    row = Action.objects.create(
        organisation_id=scope.organisation_id,
        goal=goal,
        words=_words(step.words, "Write the step."),
        who=_who(step),
        due_on=step.due_on,
        confidence=_one_to_ten(step.confidence, "confidence"),
        position=_next_position(goal.steps.aggregate(last=Max("position"))["last"]),
    )
    _changed(scope, plan, "added", "step", row.pk, ("words", "who", "due_on", "confidence"))
    return row.pk


@action(WRITE_CASES)
def change_step(*, scope: Scope, step_id: UUID, expected_version: int, step: StepDetails) -> None:
    row = _locked(Action, scope, step_id, expected_version)
    plan = _plan_of_step(scope, row)
    row.words, row.who, row.due_on = _words(step.words, "Write the step."), _who(step), step.due_on
    row.confidence = _one_to_ten(step.confidence, "confidence")
    _save(row, "words", "who", "due_on", "confidence")
    _changed(scope, plan, "changed", "step", row.pk, ("words", "who", "due_on", "confidence"))


@action(WRITE_CASES)
def finish_step(*, scope: Scope, step_id: UUID, expected_version: int, done: bool = True) -> None:
    """Mark a step done, or (`done=False`) not done after all."""
    row = _locked(Action, scope, step_id, expected_version)
    plan = _plan_of_step(scope, row)
    if (row.done_at is not None) == done:
        raise InvalidMove("This step is marked so already.")
    row.done_at = clock.now() if done else None
    _save(row, "done_at")
    _changed(scope, plan, "finished" if done else "reopened", "step", row.pk, ("done_at",))


@action(WRITE_CASES)
def end_step(*, scope: Scope, step_id: UUID, expected_version: int) -> None:
    """Take a step off the plan. `bring_back_step` undoes it."""
    _show_step(scope, step_id, expected_version, shown=False)


@action(WRITE_CASES)
def bring_back_step(*, scope: Scope, step_id: UUID, expected_version: int) -> None:
    _show_step(scope, step_id, expected_version, shown=True)


@action(WRITE_CASES)
def agree_plan(
    *,
    scope: Scope,
    plan_id: UUID,
    expected_version: int,
    agreed: bool,
    how: str = "",
    why_not: str = "",
    agreed_by: AgreedBy = THE_PERSON,
    interpreted_by: str = "",
) -> int:
    """Keep the plan as it stands, agreed with the person (how), or not agreed and why. Returns the version's number.

    `expected_version` is the plan's `version` as it was read out: a change since raises Conflict. `agreed_by` is
    whoever said yes where that was not the person; without the authority it does not count. `interpreted_by`: a yes
    said aloud through a relative is not taken.
    """
    user = acting_user(scope)
    plan = _lock_plan(scope, plan_id)
    if plan.version != expected_version:
        raise Conflict
    if agreed and how not in HOW_AGREED:
        raise Invalid({"how": "Choose how the person agreed."})
    if agreed and how == "spoken":
        people.refuse_relative_interpreting(scope, plan.person_id, interpreted_by)
    if not agreed and not why_not.strip():
        raise Invalid({"why_not": "Say why it is not agreed."})
    if agreed:
        people.check_may_agree(scope, plan.person_id, Decision.PLAN, agreed_by)
    number = plan.versions.count() + 1
    PlanVersion.objects.create(
        organisation_id=scope.organisation_id,
        plan=plan,
        number=number,
        content=content_of(plan, needs_of(plan.pk)),
        agreed=agreed,
        agreed_how=how if agreed else "",
        agreed_by=agreed_by.by.value if agreed else THE_PERSON.by.value,
        agreed_by_id=agreed_by.id if agreed else None,
        why_not="" if agreed else why_not.strip(),
        recorded_by_id=user,
    )
    audit.record(scope, "agreed" if agreed else "not agreed", "plan", plan.pk, person_id=plan.person_id)
    words = f"Plan agreed, version {number}." if agreed else f"Plan kept as version {number}, not agreed together yet."
    timeline.record(scope, timeline.Line(plan.person_id, "plan", words), object_kind="plan", object_id=plan.pk)
    return number


def _lock_plan(scope: Scope, plan_id: UUID) -> Plan:
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(organisation_id=scope.organisation_id, pk=plan_id)
        .first()
    )
    if plan is None:
        raise NotFound
    if plan.case.state == "closed":
        raise InvalidMove("Support has ended. Open it again to change the plan.")
    return plan


def _locked(model: type[Item], scope: Scope, item_id: UUID, expected_version: int | None = None) -> Item:
    row = (
        model._default_manager.select_for_update(of=("self",))
        .filter(organisation_id=scope.organisation_id, pk=item_id)
        .first()
    )
    if row is None:
        raise NotFound
    if expected_version is not None and row.version != expected_version:
        raise Conflict
    return row


def _plan_of_goal(scope: Scope, goal: Goal) -> Plan:
    return _lock_plan(scope, goal.need.plan_id)


def _plan_of_step(scope: Scope, step: Action) -> Plan:
    return _plan_of_goal(scope, step.goal)


def _show_need(scope: Scope, need_id: UUID, expected_version: int, *, shown: bool) -> None:
    need = _locked(Need, scope, need_id, expected_version)
    plan = _lock_plan(scope, need.plan_id)
    _show(scope, plan, need, "need", shown=shown)


def _show_goal(scope: Scope, goal_id: UUID, expected_version: int, *, shown: bool) -> None:
    goal = _locked(Goal, scope, goal_id, expected_version)
    _show(scope, _plan_of_goal(scope, goal), goal, "goal", shown=shown)


def _show_step(scope: Scope, step_id: UUID, expected_version: int, *, shown: bool) -> None:
    row = _locked(Action, scope, step_id, expected_version)
    _show(scope, _plan_of_step(scope, row), row, "step", shown=shown)


def _show(scope: Scope, plan: Plan, item: Need | Goal | Action, kind: str, *, shown: bool) -> None:
    if (item.ended_at is None) == shown:
        raise InvalidMove("This is already so.")
    item.ended_at = None if shown else clock.now()
    _save(item, "ended_at")
    _changed(scope, plan, "brought back" if shown else "took off", kind, item.pk, ("ended_at",))


def _save(item: Need | Goal | Action, *fields: str) -> None:
    item.version += 1
    item.save(update_fields=["version", *fields])


def _changed(scope: Scope, plan: Plan, verb: str, kind: str, object_id: UUID, fields: tuple[str, ...]) -> None:
    """Every change of any part moves the plan's version on."""
    plan.version += 1
    plan.save(update_fields=["version", "words_version", "strengths", "review_on", "edited_at"])
    audit.record(scope, verb, kind, object_id, person_id=plan.person_id, fields=fields)


def _words(words: str, when_empty: str) -> str:
    words = words.strip()
    if not words:
        raise Invalid({"words": when_empty})
    if len(words) > LONGEST_WORDS:
        raise Invalid({"words": f"Use {LONGEST_WORDS} characters or fewer."})
    return words


def _who(step: StepDetails) -> str:
    if not step.who.strip():
        raise Invalid({"who": "Say who will do it."})
    return step.who.strip()[:120]


def _one_to_ten(number: int | None, field: str) -> int | None:
    if number is not None and not 1 <= number <= 10:
        raise Invalid({field: "Choose a number from 1 to 10."})
    return number


def _next_position(last: int | None) -> int:
    return 0 if last is None else last + 1
