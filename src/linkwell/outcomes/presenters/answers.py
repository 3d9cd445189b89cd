"""One response in words."""

from typing import Any

from linkwell.kernel import words
from linkwell.kernel.danger import ADVICE, DangerKind
from linkwell.measures.pack import Item
from linkwell.outcomes.details import ResponseRow
from linkwell.outcomes.presenters.scores import cell
from linkwell.referrals import presenters as referrals

CRISIS = (DangerKind.SUICIDE.value,)


def answer_words(item: Item, answer: int | None) -> str:
    """ "7 out of 10", "Several days", "Not answered"."""
    if answer is None:
        return "Not answered"
    return item.labels[answer] if item.labels else f"{answer} out of {item.highest}"


def facts(row: ResponseRow) -> list[dict[str, str]]:
    """When, how and by whom."""
    lines = [
        ("Answered", f"{words.written_date(row.answered_on, year=True)}, {row.occasion_words.lower()}"),
        ("How", row.how_words),
        ("Answered for them by", row.proxy),
        ("Written down by", row.by or "They did it themselves"),
        ("Questionnaire", f"{row.pack.title}, version {row.pack.version}"),
        ("Put right because", row.reason),
    ]
    return [{"label": label, "value": value} for label, value in lines if value]


def answers(row: ResponseRow) -> list[list[str]]:
    """Each question with its answer, for a table."""
    return [[item.words or item.code, answer_words(item, row.answers.get(item.code))] for item in row.pack.items]


def scores(row: ResponseRow) -> list[list[str]]:
    """Each score with its value, for a table. They are not added up."""
    better = {"higher": "Higher is better", "lower": "Lower is better"}
    return [[one.words, cell(row, one.code), better[one.better]] for one in row.pack.scores]


def line(row: ResponseRow) -> str:
    """One response in a line, for print."""
    came_to = ", ".join(f"{one.words}: {cell(row, one.code)}" for one in row.pack.scores)
    return f"{words.short_date(row.answered_on)}, {row.pack.title} ({row.occasion_words.lower()}). {came_to}"


def act_now(*, told: str) -> dict[str, Any]:
    """What whoever asked does now. `told`: who else has been told."""
    lines = referrals.urgent_for_team(CRISIS)[0].lines[1:]
    return {
        "title": "Act on this now",
        "lines": (
            "An answer speaks of being better off dead or of hurting oneself. Ask them now whether they are safe.",
            *lines,
            f"{told or 'The person on duty'} has been told and looks at this today. Phone them if you can.",
        ),
    }


def help_now() -> list[Any]:
    """For the person themself, in the language spoken."""
    return referrals.urgent_help(CRISIS, to_person=True)


def beside_question() -> str:
    """What stands beside the question itself, before it is answered, in the language spoken."""
    return ADVICE[DangerKind.SUICIDE].to_person
