"""If these fail, what somebody answered is lost, changed or read for something they did not say."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from linkwell.casework import queries as casework
from linkwell.casework.tests.helpers import supported
from linkwell.core.database import scoped
from linkwell.core.models import AuditEvent
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid, InvalidMove, NotFound
from linkwell.outcomes import actions, queries
from linkwell.outcomes.models import Response
from linkwell.outcomes.presenters.scores import series
from linkwell.outcomes.tests.helpers import WELL, answered, given
from linkwell.people import actions as people
from linkwell.people.death import DeathDetails
from tests.place import Place


def test_answers_are_kept_as_given_with_how_and_when_and_by_which_version(place: Place) -> None:
    case_id = supported(place)
    made = answered(place, case_id, how="read", occasion="review", answers=WELL | {"happy": None})
    row = queries.response(place.worker.scope, made)
    assert dict(row.answers) == WELL | {"happy": None}
    assert (row.how, row.occasion, row.by, row.pack.version) == ("read", "review", "Sam Okafor", 1)
    happy = row.score("happy")
    assert happy is not None
    assert (happy.value, happy.missing) == (None, ("happy",))


def test_the_four_are_never_added_up(place: Place) -> None:
    made = answered(place, supported(place))
    scores = {each.code: each.value for each in queries.response(place.worker.scope, made).scores}
    assert scores == {"satisfied": 7, "worthwhile": 8, "happy": 6, "anxious": 2}


def test_the_same_form_sent_twice_is_one_response(place: Place) -> None:
    case_id, key = supported(place), uuid4()
    ask: dict[str, Any] = {"scope": place.worker.scope, "case_id": case_id, "submission_key": key, "given": given()}
    assert actions.record_answers(**ask) == actions.record_answers(**ask)
    with scoped(place.worker.scope):
        assert Response.objects.count() == 1


IMPOSSIBLE = [
    {"answers": {}},
    {"answers": {"happy": 11}},
    {"answers": {"cheerful": 1}},
    {"answers": dict.fromkeys(WELL)},
    {"how": "guessed"},
    {"how": "proxy"},
    {"proxy": "Her daughter"},
    {"occasion": "someday"},
    {"answered_on": dt.date(2999, 1, 1)},
]


@pytest.mark.parametrize("wrong", IMPOSSIBLE, ids=str)
def test_answers_that_cannot_be_are_refused_and_nothing_is_kept(place: Place, wrong: dict[str, Any]) -> None:
    case_id = supported(place)
    with pytest.raises(Invalid):
        answered(place, case_id, **wrong)
    with scoped(place.worker.scope):
        assert not Response.objects.exists()


def test_putting_right_keeps_the_earlier_answers_and_counts_only_the_newest(place: Place) -> None:
    case_id = supported(place)
    first = answered(place, case_id)
    new = given(answers=WELL | {"happy": 3})
    put: dict[str, Any] = {"scope": place.worker.scope, "response_id": first, "given": new}
    with pytest.raises(Invalid):
        actions.correct_answers(**put, reason=" ")
    second = actions.correct_answers(**put, reason="Typed 6 for 3")
    person_id = casework.case_row(place.worker.scope, case_id).person_id
    (row,) = queries.responses_of(place.worker.scope, [person_id])
    assert row.id == second
    (before,) = queries.earlier_answers(place.worker.scope, second)
    assert (before.id, before.answers["happy"]) == (first, 6)
    with pytest.raises(Conflict):
        actions.correct_answers(**put, reason="Once more")


def test_nothing_is_asked_of_somebody_who_has_died(place: Place) -> None:
    case_id = supported(place)
    person_id = casework.case_row(place.worker.scope, case_id).person_id
    people.record_death(scope=place.worker.scope, person_id=person_id, details=DeathDetails(confirmed=True))
    with pytest.raises(InvalidMove):
        answered(place, case_id)


def test_a_stranger_finds_no_answers(place: Place) -> None:
    case_id = supported(place)
    made = answered(place, case_id)
    with pytest.raises(NotFound):
        queries.response(place.stranger.scope, made)
    with pytest.raises(NotFound):
        actions.correct_answers(scope=place.stranger.scope, response_id=made, given=given(), reason="Mine now")
    with pytest.raises(NotFound):
        actions.record_answers(scope=place.stranger.scope, case_id=case_id, submission_key=uuid4(), given=given())


def test_answering_and_reading_leave_their_trail(place: Place) -> None:
    made = answered(place, supported(place))
    queries.response(place.worker.scope, made)
    with scoped(place.worker.scope):
        verbs = list(AuditEvent.objects.filter(object_id=made).order_by("id").values_list("verb", flat=True))
    assert verbs == ["recorded", "opened"]


def test_change_is_said_in_words_and_which_way_is_better(place: Place) -> None:
    case_id = supported(place)
    today = clock.today()
    answered(place, case_id, answered_on=today - dt.timedelta(days=90), answers=WELL)
    answered(
        place, case_id, occasion="months_3", answers={"satisfied": 9, "worthwhile": 8, "happy": None, "anxious": 5}
    )
    person_id = casework.case_row(place.worker.scope, case_id).person_id
    (ons4,) = series(queries.responses_of(place.worker.scope, [person_id]))
    satisfied, worthwhile, happy, anxious = ons4.lines
    assert "Better by 2." in satisfied.said
    assert "No change." in worthwhile.said
    assert happy.cells == ("6 (medium)", "Not answered")
    assert anxious.better == "Lower is better"
    assert "Worse by 3." in anxious.said
    assert [point.x for point in satisfied.points] == [5, 115]
    assert satisfied.points[1].y < satisfied.points[0].y
