"""The plan as it stands, and as it stood each time it was agreed."""

from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from linkwell.casework.models import Action, Goal, Need, Plan, PlanVersion
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import GoalRow, NeedRow, PlanRow, PlanVersionRow, StepRow
from linkwell.core.joined import joined
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.core.written import written_once
from linkwell.kernel.errors import NotFound

# Columns of the plan, in the order of its rows (`NeedRow`, `StepRow`).
NEED = ("pk", "code", "words", "version")
GOAL = ("pk", "words", "importance", "state", "version")
STEP = ("pk", "words", "who", "due_on", "confidence", "done_at", "version")


@query(SEE_CASES)
def plan(scope: Scope, case_id: UUID) -> PlanRow:
    """The plan of a case, with every agreed version, oldest first. Raises NotFound."""
    found = _of_case(scope.organisation_id, case_id)
    if not found:
        raise NotFound
    return plan_row(found[0])


@written_once
def _of_case(organisation_id: UUID, case_id: UUID) -> QuerySet[Plan]:
    return Plan.objects.filter(organisation_id=organisation_id, case_id=case_id)


@query(SEE_CASES)
def removed_items(scope: Scope, case_id: UUID) -> tuple[tuple[str, UUID, str, int], ...]:
    """What was taken off the plan and can be brought back: kind, id, words, version. Newest first, at most ten."""
    mine = {"organisation_id": scope.organisation_id, "ended_at__isnull": False}
    found: list[tuple[Any, str, Need | Goal | Action]] = [
        *((row.ended_at, "need", row) for row in Need.objects.filter(plan__case_id=case_id, **mine)),
        *((row.ended_at, "goal", row) for row in Goal.objects.filter(need__plan__case_id=case_id, **mine)),
        *((row.ended_at, "step", row) for row in Action.objects.filter(goal__need__plan__case_id=case_id, **mine)),
    ]
    newest = sorted(found, key=lambda each: each[0], reverse=True)[:10]
    return tuple((kind, row.pk, row.words, row.version) for _, kind, row in newest)


def plan_row(found: Plan) -> PlanRow:
    """Called from inside a query or an action. Two statements, however long the plan."""
    needs = needs_of(found.pk)
    versions = tuple(
        PlanVersionRow(
            number=each.number,
            content=each.content,
            agreed=each.agreed,
            agreed_how=each.agreed_how,
            why_not=each.why_not,
            by=each.recorded_by.name,
            at=each.created_at,
        )
        for each in _versions(found.pk)
    )
    changed = not versions or versions[-1].content != content_of(found, needs)
    return PlanRow(
        id=found.pk,
        case_id=found.case_id,
        person_id=found.person_id,
        strengths=found.strengths,
        review_on=found.review_on,
        version=found.version,
        words_version=found.words_version,
        edited_at=found.edited_at,
        needs=needs,
        versions=versions,
        changed_since_agreed=changed,
    )


@written_once
def _versions(plan_id: UUID) -> QuerySet[PlanVersion]:
    return joined(PlanVersion.objects.filter(plan_id=plan_id), "recorded_by__name").order_by("number")


def needs_of(plan_id: UUID) -> tuple[NeedRow, ...]:
    """The needs on the plan with their goals and steps, in order. One statement."""
    needs: dict[tuple[Any, ...], dict[tuple[Any, ...], list[StepRow]]] = {}
    for row in _lines(plan_id):
        need, goal, step = row[: len(NEED)], row[len(NEED) : len(NEED) + len(GOAL)], row[len(NEED) + len(GOAL) :]
        goals = needs.setdefault(need, {})
        # Outer joins: a need without goals, and a goal without steps, bring a row of nothing.
        if goal[0] is not None:
            steps = goals.setdefault(goal, [])
            if step[0] is not None:
                steps.append(StepRow(*step))
    return tuple(
        NeedRow(*need, goals=tuple(_goal(*each) for each in goals.items()))  # type: ignore[misc]
        for need, goals in needs.items()
    )


@written_once
def _lines(plan_id: UUID) -> QuerySet[Need, Any]:
    return (
        Need.objects.filter(plan_id=plan_id, ended_at=None)
        .annotate(
            goal=FilteredRelation("goals", condition=Q(goals__ended_at=None)),
            step=FilteredRelation("goal__steps", condition=Q(goal__steps__ended_at=None)),
        )
        .order_by("position", "pk", "goal__position", "goal__pk", "step__position", "step__pk")
        .values_list(*NEED, *(f"goal__{name}" for name in GOAL), *(f"step__{name}" for name in STEP))
    )


def _goal(values: tuple[Any, ...], steps: list[StepRow]) -> GoalRow:
    goal = dict(zip(GOAL, values, strict=True))
    return GoalRow(
        id=goal["pk"],
        words=goal["words"],
        importance=goal["importance"],
        state=goal["state"],
        state_words=Goal.moves.words[goal["state"]],
        version=goal["version"],
        steps=tuple(steps),
    )


def content_of(plan: Plan | PlanRow, needs: tuple[NeedRow, ...]) -> dict[str, Any]:
    """The plan as plain JSON, for keeping a version and comparing two. Ids tie an item to itself across versions."""
    return {
        "strengths": plan.strengths,
        "review_on": plan.review_on.isoformat() if plan.review_on else None,
        "needs": [
            {
                "id": str(need.id),
                "code": need.code,
                "words": need.words,
                "goals": [_goal_content(goal) for goal in need.goals],
            }
            for need in needs
        ],
    }


def _goal_content(goal: GoalRow) -> dict[str, Any]:
    return {
        "id": str(goal.id),
        "words": goal.words,
        "importance": goal.importance,
        "state": goal.state,
        "steps": [
            {
                "id": str(step.id),
                "words": step.words,
                "who": step.who,
                "due_on": step.due_on.isoformat() if step.due_on else None,
                "confidence": step.confidence,
                "done": step.done_at is not None,
            }
            for step in goal.steps
        ],
    }
