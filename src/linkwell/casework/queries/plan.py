"""The plan as it stands, and as it stood each time it was agreed."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from linkwell.casework.models import Action, Goal, Need, Plan, PlanVersion
from linkwell.casework.permissions import SEE_CASES
from linkwell.casework.rows import GoalRow, NeedRow, PlanRow, PlanVersionRow, StepRow
from linkwell.core.queries import query
from linkwell.core.scope import Scope
from linkwell.kernel.errors import NotFound


@query(SEE_CASES)
def plan(scope: Scope, case_id: UUID) -> PlanRow:
    """The plan of a case, with every agreed version, oldest first. Raises NotFound."""
    found = Plan.objects.filter(organisation_id=scope.organisation_id, case_id=case_id).first()
    if found is None:
        raise NotFound
    return plan_row(found)


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
    """Called from inside a query or an action. Four statements, however long the plan."""
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
        for each in PlanVersion.objects.filter(plan_id=found.pk).select_related("recorded_by").order_by("number")
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


def needs_of(plan_id: UUID) -> tuple[NeedRow, ...]:
    """The needs on the plan with their goals and steps, in order. Three statements."""
    steps = Action.objects.filter(ended_at=None).order_by("position", "pk")
    goals = (
        Goal.objects.filter(ended_at=None)
        .order_by("position", "pk")
        .prefetch_related(Prefetch("steps", queryset=steps))
    )
    needs = Need.objects.filter(plan_id=plan_id, ended_at=None).order_by("position", "pk")
    return tuple(_need(each) for each in needs.prefetch_related(Prefetch("goals", queryset=goals)))


def _need(need: Need) -> NeedRow:
    return NeedRow(need.pk, need.code, need.words, need.version, tuple(_goal(each) for each in need.goals.all()))


def _goal(goal: Goal) -> GoalRow:
    return GoalRow(
        id=goal.pk,
        words=goal.words,
        importance=goal.importance,
        state=goal.state,
        state_words=goal.moves.words[goal.state],
        version=goal.version,
        steps=tuple(_step(each) for each in goal.steps.all()),
    )


def _step(step: Action) -> StepRow:
    return StepRow(step.pk, step.words, step.who, step.due_on, step.confidence, step.done_at, step.version)


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
