"""The plan for the screen and for print. Given loaded values; never queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkwell.casework.forms import GoalForm, ItemForm, NeedForm, PlanWordsForm, StepForm
from linkwell.casework.rows import GoalRow, NeedRow, PlanRow, PlanVersionRow, StepRow
from linkwell.casework.states import GOAL
from linkwell.documents import plan as document
from linkwell.kernel import clock, words
from linkwell.kernel.tongue import marked, say

HOW_WORDS = {
    "spoken": marked("said so in person or by phone"),
    "written": marked("in writing"),
    "online": marked("online"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of two versions beside each other; an empty side was not there."""

    label: str
    left: str
    right: str


def compared(left: dict[str, Any], right: dict[str, Any]) -> tuple[Compared, ...]:
    """Two versions, item by item in the order of the newer; what only the older had comes last."""
    before, after = _flat(left), _flat(right)
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(
        Compared(
            label=(after.get(key) or before[key])[0],
            left=before[key][1] if key in before else "",
            right=after[key][1] if key in after else "",
        )
        for key in keys
    )


def _flat(content: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Every part of a version by its id: its heading and its words."""
    review = content["review_on"]
    rows = {
        "strengths": ("What I am good at, and who helps me", content["strengths"]),
        "review": ("We look at it again", words.short_date(dt.date.fromisoformat(review)) if review else ""),
    }
    for need in content["needs"]:
        rows[need["id"]] = ("What I would like to change", need["words"])
        for goal in need["goals"]:
            state = GOAL.words[goal["state"]]
            rows[goal["id"]] = (
                "Goal",
                f"{goal['words']}\nHow much it matters: {_score(goal['importance'])}\n{state.capitalize()}",
            )
            for step in goal["steps"]:
                rows[step["id"]] = ("Step", _step_words(step))
    return rows


def _step_words(step: dict[str, Any]) -> str:
    due = f", by {words.short_date(dt.date.fromisoformat(step['due_on']))}" if step["due_on"] else ""
    done = "\nDone" if step["done"] else ""
    return f"{step['words']}\n{step['who']}{due}\nHow sure: {_score(step['confidence'])}{done}"


def _score(number: int | None) -> str:
    return "not asked yet" if number is None else f"{number} out of 10"


def agreed_words(version: PlanVersionRow | None) -> str:
    """Where the plan stands with the person, in a sentence."""
    if version is None:
        return "Not agreed with the person yet."
    when = words.written_date(version.at)
    if version.agreed:
        return f"Agreed on {when}, {HOW_WORDS[version.agreed_how]}. Version {version.number}."
    return f"Not agreed together yet: {version.why_not}. Version {version.number}, {when}."


def printed(
    plan: PlanRow, *, name: str, what_matters: str, contact: document.Contact | None = None
) -> document.PlanDocument:
    """The plan as it stands, ready to be made into a PDF or a page to print."""
    last = plan.last_version
    return document.PlanDocument(
        person_name=name,
        what_matters=what_matters,
        needs=tuple(_need(need) for need in plan.needs),
        agreement=_agreement(plan, last),
        version=last.number if last else 1,
        made_on=clock.london(plan.edited_at).date(),
        contact=contact,
        strengths=plan.strengths,
        review_on=plan.review_on,
    )


def _agreement(plan: PlanRow, last: PlanVersionRow | None) -> document.Agreement:
    if last is None:
        return document.Agreement(agreed=False)
    if plan.changed_since_agreed:
        return document.Agreement(agreed=False, why_not=say("it was changed since you last agreed it"))
    return document.Agreement(
        agreed=last.agreed,
        how=say(HOW_WORDS.get(last.agreed_how, "")),
        on=clock.london(last.at).date(),
        why_not=last.why_not,
    )


def _need(need: NeedRow) -> document.Need:
    return document.Need(plain=need.words, goals=tuple(_goal(goal) for goal in need.goals))


def _goal(goal: GoalRow) -> document.Goal:
    return document.Goal(goal.words, goal.importance, tuple(_step(step) for step in goal.steps))


def _step(step: StepRow) -> document.Step:
    when = say("by %(day)s") % {"day": words.written_date(step.due_on)} if step.due_on else ""
    return document.Step(step.words, step.who, when, step.confidence, step.done_at is not None)


def place_of(place: str, target: str) -> str:
    """Where on the page a form opens: "goal-<id>", "add-step-<id>", "words"."""
    return f"{place}-{target}" if target and place not in ("words", "add-need") else place


def opened(plan: PlanRow, edit: str) -> tuple[str, ItemForm | None]:
    """The form that `?edit=` asks for, filled with what is there; nothing for a part that is not on the plan."""
    kind, _, target = edit.partition(":")
    if kind == "words":
        start = {"strengths": plan.strengths, "review_on": plan.review_on, "version": plan.words_version}
        return "words", PlanWordsForm(initial=start)
    if kind == "add-need":
        return "add-need", NeedForm()
    needs = {str(need.id): need for need in plan.needs}
    goals = {str(goal.id): goal for goal in plan.goals}
    steps = {str(step.id): step for goal in plan.goals for step in goal.steps}
    found: ItemForm | None = None
    if kind == "need" and target in needs:
        found = NeedForm(initial=_of(needs[target], "words"))
    elif kind == "add-goal" and target in needs:
        found = GoalForm(initial={"target": target})
    elif kind == "goal" and target in goals:
        found = GoalForm(initial=_of(goals[target], "words", "importance"))
    elif kind == "add-step" and target in goals:
        found = StepForm(initial={"target": target})
    elif kind == "step" and target in steps:
        found = StepForm(initial=_of(steps[target], "words", "who", "due_on", "confidence"))
    return (place_of(kind, target), found) if found else ("", None)


def _of(item: NeedRow | GoalRow | StepRow, *names: str) -> dict[str, Any]:
    return {"target": item.id, "version": item.version, **{name: getattr(item, name) for name in names}}


_LABELS = {
    "words": "Words",
    "importance": "How much it matters",
    "who": "Who",
    "due_on": "By when",
    "confidence": "How sure",
    "strengths": "What I am good at, and who helps me",
    "review_on": "We look at it again",
}


def conflict_rows(form: ItemForm, now: Mapping[str, Any]) -> list[dict[str, str]]:
    """What somebody else saved beside what was typed, for each part that differs."""
    return [
        {"label": label, "theirs": _shown(now[name]), "yours": _shown(form.cleaned_data[name])}
        for name, label in _LABELS.items()
        if name in form.cleaned_data and name in now and form.cleaned_data[name] != now[name]
    ]


def _shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return words.short_date(value)
    return "" if value is None else str(value)


def side_by_side(plan: PlanRow, left: str, right: str) -> dict[str, Any]:
    """Two versions beside each other, and all there are to choose from. Fewer than two: nothing to compare."""
    by_number = {str(version.number): version for version in plan.versions}
    if len(by_number) < 2:
        return {"left": None, "right": None, "rows": (), "choices": list(plan.versions)}
    older = by_number.get(left) or plan.versions[-2]
    newer = by_number.get(right) or plan.versions[-1]
    return {
        "left": older,
        "right": newer,
        "rows": compared(older.content, newer.content),
        "choices": list(plan.versions),
        "left_title": version_title(older),
        "right_title": version_title(newer),
    }


def version_title(version: PlanVersionRow) -> str:
    return f"Version {version.number}, {words.short_date(version.at)}"
