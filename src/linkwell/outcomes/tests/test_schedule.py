"""If these fail, nobody is asked how they are, or somebody is asked who should be left in peace."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine
from hypothesis import given as drawn
from hypothesis import strategies as st

from linkwell.casework import queries as casework
from linkwell.casework.models import Case
from linkwell.casework.tests.helpers import supported
from linkwell.core import worker
from linkwell.core.database import scoped
from linkwell.kernel import clock
from linkwell.outcomes.models import Occasion
from linkwell.outcomes.periodic import questionnaires_due
from linkwell.outcomes.schedule import days_after, is_due, most_likely
from linkwell.outcomes.tests.helpers import answered, name_clinician
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from linkwell.tasks.models import Task
from linkwell.tasks.queries import my_tasks
from tests.place import Place

EVERY = tuple(Occasion.values)


def to_ask(place: Place, state: str = "open") -> list[str]:
    with scoped(place.worker.scope):
        rows = Task.objects.filter(kind__startswith="ask_", state=state).order_by("kind")
        return [row.kind.removeprefix("ask_") for row in rows]


def asked_of_all(place: Place) -> UUID:
    name_clinician(place, asked=("ons4",), occasions=EVERY)
    return supported(place)


def after(days: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + dt.timedelta(days=days), tick=True)


def test_what_is_due_is_on_the_workers_list_once(place: Place) -> None:
    case_id = asked_of_all(place)
    questionnaires_due(place.system)
    questionnaires_due(place.system)
    assert to_ask(place) == ["start"]
    (task,) = [row for row in my_tasks(place.worker.scope) if row.kind == "ask_start"]
    assert (task.about_kind, task.about_id, task.title) == (
        "questionnaire",
        case_id,
        "Ask somebody how they are: at the start",
    )
    answered(place, case_id)
    assert to_ask(place) == []
    assert to_ask(place, "done") == ["start"]
    questionnaires_due(place.system)
    assert to_ask(place) == []


def test_three_six_and_twelve_months_come_round(place: Place) -> None:
    asked_of_all(place)
    for days, kind in ((91, "months_3"), (182, "months_6"), (365, "months_12")):
        with after(days):
            questionnaires_due(place.system)
            assert kind in to_ask(place)


def test_nothing_is_asked_until_the_organisation_says_so(place: Place) -> None:
    supported(place)
    questionnaires_due(place.system)
    assert to_ask(place) == []


def test_when_support_ends_nobody_is_asked_any_more(place: Place) -> None:
    case_id = asked_of_all(place)
    questionnaires_due(place.system)
    row = casework.case_row(place.worker.scope, case_id)
    from linkwell.casework import actions
    from linkwell.casework.details import ClosingDetails

    actions.close(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=row.version,
        closing=ClosingDetails("goals_met", note="All is well."),
    )
    while worker.work_off():
        pass
    assert (to_ask(place), to_ask(place, "dropped")) == ([], ["start"])


def test_nobody_who_died_or_said_no_is_asked(place: Place) -> None:
    case_id = asked_of_all(place)
    person_id = casework.case_row(place.worker.scope, case_id).person_id
    questionnaires_due(place.system)
    people.record_agreement(
        scope=place.worker.scope, person_id=person_id, subject="support", answer="withdrawn", how="spoken"
    )
    while worker.work_off():
        pass
    assert (to_ask(place), to_ask(place, "dropped")) == ([], ["start"])
    with after(91):
        questionnaires_due(place.system)
        assert to_ask(place) == []
    other = supported(place, given_name="Ann", nhs_number="")
    questionnaires_due(place.system)
    assert to_ask(place) == ["start"]
    theirs = casework.case_row(place.worker.scope, other).person_id
    people.record_death(scope=place.worker.scope, person_id=theirs, details=DeathDetails(confirmed=True))
    while worker.work_off():
        pass
    assert to_ask(place) == []


def test_nobody_is_asked_while_support_rests(place: Place) -> None:
    case_id = asked_of_all(place)
    with scoped(place.worker.scope):
        until = clock.today() + dt.timedelta(days=9)
        Case.objects.filter(pk=case_id).update(state="paused", pause_reason="ill", paused_until=until)
    questionnaires_due(place.system)
    assert to_ask(place) == []


@drawn(st.sampled_from(list(Occasion)), st.integers(1, 52), st.integers(0, 500))
def test_an_occasion_is_due_on_four_weeks_of_days(occasion: Occasion, weeks: int, day: int) -> None:
    first = dt.date(2026, 1, 5)
    due = is_due(occasion, first, weeks, first + dt.timedelta(days=day))
    assert due == (days_after(occasion, weeks) <= day <= days_after(occasion, weeks) + 28)


@pytest.mark.parametrize(
    ("asked", "days", "likely"),
    [
        (frozenset(), 40, "start"),
        (frozenset({"start"}), 40, "review"),
        (frozenset({"start"}), 85, "months_3"),
        (frozenset({"start", "months_3"}), 100, "review"),
        (frozenset({"start", "months_3"}), 170, "months_6"),
        (frozenset({"start"}), 360, "months_12"),
    ],
)
def test_the_form_begins_with_the_occasion_it_most_likely_is(asked: frozenset[str], days: int, likely: str) -> None:
    first = dt.date(2026, 1, 5)
    assert most_likely(asked, first, first + dt.timedelta(days=days)) == likely
