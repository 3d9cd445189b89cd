"""A person's plan in easy read: big words, one idea on a line, and a picture beside each."""

from __future__ import annotations

from collections.abc import Iterator

from linkwell.documents.plan import Contact, Goal, Need, PlanDocument, Step, agreed_words, title_of, version_of
from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value
from linkwell.kernel import words
from linkwell.kernel.tongue import say

# How much something matters, or how sure somebody is, in three words instead of ten numbers.
LITTLE_UP_TO, SOME_UP_TO = 3, 6


def render_easy_plan(plan: PlanDocument) -> Rendered:
    """The same plan as the standard one, said shorter. Each picture is ours, and the words beside it say the same."""
    name = plan.person_name.strip()
    data: dict[str, Value] = {
        "title": title_of(name),
        "name": name,
        "version": version_of(plan),
        "heading": say("My plan"),
        "parts": [part for part in _parts(plan) if part["lines"]],
    }
    return render("plan_easy", data, date=plan.made_on, layout=Layout.LARGE_PRINT)


def _parts(plan: PlanDocument) -> Iterator[dict[str, Value]]:
    yield _part(say("What matters to me"), _texts("heart", plan.what_matters))
    yield _part(say("What I am good at, and who helps me"), _texts("people", plan.strengths))
    for need in plan.needs:
        yield _part(need.plain, list(_of_need(need)))
    if not plan.needs:
        yield _part(say("What I want to do"), [_line("change", say("There is nothing in this plan yet."))])
    agreed = [_line("agreed" if plan.agreement.agreed else "talk", agreed_words(plan.agreement))]
    if plan.review_on:
        again = say("We will talk about my plan again by %(day)s.") % {"day": words.written_date(plan.review_on)}
        agreed.append(_line("calendar", again))
    yield _part(say("We talked about this plan"), agreed)
    yield _part(say("If I want to ask something"), _contact(plan.contact))


def _of_need(need: Need) -> Iterator[Value]:
    yield from _texts("change", need.own_words)
    for goal in need.goals:
        yield from _of_goal(goal)


def _of_goal(goal: Goal) -> Iterator[Value]:
    yield _line("goal", say("I want: %(what)s") % {"what": goal.what})
    if goal.importance is not None:
        much = (
            say("This matters to me a little."),
            say("This matters to me quite a lot."),
            say("This matters to me very much."),
        )
        yield _line("heart", _in_words(goal.importance, much))
    for step in goal.steps:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Value]:
    yield _line("done" if step.done else "step", step.what)
    if step.done:
        yield _line("", say("This is done."))
        return
    if step.who.strip():
        yield _line("people", say("Who: %(name)s") % {"name": step.who.strip()})
    if step.when.strip():
        yield _line("calendar", say("When: %(when)s") % {"when": step.when.strip()})
    if step.how_sure is not None:
        sure = (
            say("I feel not sure yet about this."),
            say("I feel quite sure about this."),
            say("I feel very sure about this."),
        )
        yield _line("talk", _in_words(step.how_sure, sure))


def _in_words(number: int, words_for: tuple[str, str, str]) -> str:
    little, some, much = words_for
    if number <= LITTLE_UP_TO:
        return little
    return some if number <= SOME_UP_TO else much


def _contact(contact: Contact | None) -> list[Value]:
    if contact is None:
        return []
    lines = (
        [_line("people", say("I can ask %(name)s.") % {"name": contact.name.strip()})] if contact.name.strip() else []
    )
    lines += (
        [_line("phone", say("Phone: %(number)s") % {"number": contact.phone.strip()})] if contact.phone.strip() else []
    )
    lines += (
        [_line("letter", say("E-mail: %(address)s") % {"address": contact.email.strip()})]
        if contact.email.strip()
        else []
    )
    return lines


def _part(title: str, lines: list[Value]) -> dict[str, Value]:
    return {"title": title, "lines": lines}


def _texts(picture: str, text: str) -> list[Value]:
    """One line for each sentence, and a picture only at the first: the eye rests where something new begins."""
    sentences = [part.strip() for row in text.splitlines() for part in _sentences(row) if part.strip()]
    return [_line(picture if place == 0 else "", each) for place, each in enumerate(sentences)]


def _sentences(row: str) -> list[str]:
    cut = row
    for end in (". ", "! ", "? "):
        cut = cut.replace(end, f"{end.strip()}\n")
    return cut.split("\n")


def _line(picture: str, text: str) -> Value:
    return {"picture": picture, "words": text}
