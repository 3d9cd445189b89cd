"""A person's plan in easy read: big words, one idea on a line, and a picture beside each."""

from __future__ import annotations

from collections.abc import Iterator

from linkwell.documents.plan import Contact, Goal, Need, PlanDocument, Step, agreed_words
from linkwell.documents.rendering import Layout, Rendered, render
from linkwell.documents.script import Value
from linkwell.kernel import words

# How much something matters, or how sure somebody is, in three words instead of ten numbers.
LITTLE_UP_TO, SOME_UP_TO = 3, 6


def render_easy_plan(plan: PlanDocument) -> Rendered:
    """The same plan as the standard one, said shorter. Each picture is ours, and the words beside it say the same."""
    name = plan.person_name.strip()
    data: dict[str, Value] = {
        "title": f"My plan: {name}" if name else "My plan",
        "name": name,
        "version": f"My plan, version {plan.version}",
        "heading": "My plan",
        "parts": [part for part in _parts(plan) if part["lines"]],
    }
    return render("plan_easy", data, date=plan.made_on, layout=Layout.LARGE_PRINT)


def _parts(plan: PlanDocument) -> Iterator[dict[str, Value]]:
    yield _part("What matters to me", _texts("heart", plan.what_matters))
    yield _part("What I am good at, and who helps me", _texts("people", plan.strengths))
    for need in plan.needs:
        yield _part(need.plain, list(_of_need(need)))
    if not plan.needs:
        yield _part("What I want to do", [_line("change", "There is nothing in this plan yet.")])
    agreed = [_line("agreed" if plan.agreement.agreed else "talk", agreed_words(plan.agreement))]
    if plan.review_on:
        agreed.append(_line("calendar", f"We will talk about my plan again by {words.written_date(plan.review_on)}."))
    yield _part("We talked about this plan", agreed)
    yield _part("If I want to ask something", _contact(plan.contact))


def _of_need(need: Need) -> Iterator[Value]:
    yield from _texts("change", need.own_words)
    for goal in need.goals:
        yield from _of_goal(goal)


def _of_goal(goal: Goal) -> Iterator[Value]:
    yield _line("goal", f"I want: {goal.what}")
    if goal.importance is not None:
        much = _in_words(goal.importance, "a little", "quite a lot", "very much")
        yield _line("heart", f"This matters to me {much}.")
    for step in goal.steps:
        yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Value]:
    yield _line("done" if step.done else "step", step.what)
    if step.done:
        yield _line("", "This is done.")
        return
    if step.who.strip():
        yield _line("people", f"Who: {step.who.strip()}")
    if step.when.strip():
        yield _line("calendar", f"When: {step.when.strip()}")
    if step.how_sure is not None:
        yield _line("talk", f"I feel {_in_words(step.how_sure, 'not sure yet', 'quite sure', 'very sure')} about this.")


def _in_words(number: int, little: str, some: str, much: str) -> str:
    if number <= LITTLE_UP_TO:
        return little
    return some if number <= SOME_UP_TO else much


def _contact(contact: Contact | None) -> list[Value]:
    if contact is None:
        return []
    lines = [_line("people", f"I can ask {contact.name.strip()}.")] if contact.name.strip() else []
    lines += [_line("phone", f"Phone: {contact.phone.strip()}")] if contact.phone.strip() else []
    lines += [_line("letter", f"E-mail: {contact.email.strip()}")] if contact.email.strip() else []
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
