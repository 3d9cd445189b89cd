"""A person's plan, as a short page to keep and to read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value, is_right_to_left
from linkwell.kernel import words
from linkwell.kernel.tongue import marked, say


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `how_sure` is 1-10: how sure the person is, as things are now."""

    what: str
    who: str = ""
    when: str = ""
    how_sure: int | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person hopes for. `importance` is 1-10."""

    what: str
    importance: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What the person would like to change: plain words, and their own."""

    plain: str
    own_words: str = ""
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed to the plan, how and when; or, where nobody could, why not."""

    agreed: bool
    with_whom: str = ""
    how: str = ""
    on: dt.date | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the link worker. Blank parts are left out."""

    name: str
    role: str = marked("Link worker")
    organisation: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """Everything that one printed plan shows. `person_name` is the name as they like it."""

    person_name: str
    what_matters: str
    needs: tuple[Need, ...]
    agreement: Agreement
    version: int
    made_on: dt.date
    contact: Contact | None = None
    strengths: str = ""
    review_on: dt.date | None = None


def render_plan(plan: PlanDocument, layout: Layout = Layout.STANDARD) -> Rendered:
    """The plan as a PDF, in standard or large print."""
    return render("plan", _data(plan), date=plan.made_on, layout=layout)


def _data(plan: PlanDocument) -> dict[str, Value]:
    name = plan.person_name.strip()
    made = say("Made on %(day)s") % {"day": words.written_date(plan.made_on, year=True)}
    version = say("This is version %(number)s.") % {"number": plan.version}
    return {
        "title": title_of(name),
        "name": name,
        "made": made if plan.version <= 1 else f"{made}. {version}",
        "version": version_of(plan),
        "matters": plan.what_matters.strip(),
        "strengths": plan.strengths.strip(),
        "needs": [_need(need) for need in plan.needs],
        "agreed": [row for row in (agreed_words(plan.agreement), _review(plan.review_on)) if row],
        "contact": _contact(plan.contact),
        "labels": {name: say(text) for name, text in _LABELS.items()},
    }


def title_of(name: str) -> str:
    return say("My plan: %(name)s") % {"name": name} if name else say("My plan")


def version_of(plan: PlanDocument) -> str:
    return say("My plan, version %(number)s") % {"number": plan.version}


_LABELS = {
    "title": marked("My plan"),
    "need": marked("What I would like to change"),
    "goal": marked("A goal"),
    "matters": marked("What matters to me"),
    "strengths": marked("What I am good at, and who helps me"),
    "importance": marked("How much this matters"),
    "sure": marked("How sure I am now"),
    "agreed": marked("Agreed together"),
    "contact": marked("Questions, or something has changed?"),
    "empty": marked("There is nothing in this plan yet."),
}


NOT_YET = marked("Not agreed together yet.")


def agreed_words(agreement: Agreement) -> str:
    """ "Agreed with Amina on Tuesday 3 March 2026, face to face." or why it could not be."""
    if not agreement.agreed:
        reason = agreement.why_not.strip().rstrip(".")
        return say("Not agreed together yet: %(reason)s.") % {"reason": reason} if reason else say(NOT_YET)
    sentence = say("Agreed")
    if agreement.with_whom.strip():
        sentence += say(" with %(name)s") % {"name": agreement.with_whom.strip()}
    if agreement.on is not None:
        sentence += say(" on %(day)s") % {"day": words.written_date(agreement.on, year=True)}
    if agreement.how.strip():
        sentence += f", {agreement.how.strip()}"
    return sentence + "."


def _need(need: Need) -> Value:
    return {
        "title": need.plain,
        "own_words": need.own_words.strip(),
        "goals": [_goal(goal) for goal in need.goals],
    }


def _goal(goal: Goal) -> Value:
    return {
        "title": goal.what,
        "importance": _one_to_ten(goal.importance),
        "steps": [_step(step) for step in goal.steps],
    }


def _step(step: Step) -> Value:
    done = say("Done") if step.done else ""
    details: list[Value] = [part for part in (step.who.strip(), step.when.strip(), done) if part]
    if not any("\n" in part or is_right_to_left(part) for part in (step.who, step.when)):
        details = [" · ".join(map(str, details))] if details else []
    return {
        "what": step.what,
        "details": details,
        "sure": None if step.done else _one_to_ten(step.how_sure),
        "done": step.done,
    }


def _one_to_ten(number: int | None) -> int | None:
    if number is not None and not 1 <= number <= 10:
        raise ValueError("importance and confidence go from 1 to 10")
    return number


def _review(day: dt.date | None) -> str:
    if day is None:
        return ""
    return say("We will look at it again by %(day)s.") % {"day": words.written_date(day, year=True)}


def _contact(contact: Contact | None) -> list[Value]:
    if contact is None:
        return []
    who = ", ".join(part for part in (contact.name.strip(), say(contact.role.strip()).lower()) if part)
    rows = [who, contact.organisation, contact.phone, contact.email]
    return [row.strip() for row in rows if row.strip()]
