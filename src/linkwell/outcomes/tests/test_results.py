"""If these fail, a worker is told that something helped when nobody knows, or never hears that it was used."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from scipy import stats

from linkwell.casework.tests.helpers import supported
from linkwell.kernel import clock
from linkwell.kernel.errors import Invalid, NotAllowed
from linkwell.kernel.ids import new_id
from linkwell.measures.reading import shipped
from linkwell.outcomes import actions, queries
from linkwell.outcomes.details import UseDetails
from linkwell.outcomes.presenters.results import missing, said
from linkwell.outcomes.results import Values, of_score
from linkwell.outcomes.tests.helpers import WELL, answered, given
from tests.place import Place, sign_in

DAY = dt.date(2026, 3, 2)
ONS4 = shipped()["ons4"]
SATISFIED, ANXIOUS = ONS4.scores[0], ONS4.scores[3]


def values(*pairs: tuple[float, ...]) -> Values:
    """One person for each: the values on one day after the other."""
    return {
        new_id(): {DAY + dt.timedelta(days=30 * number): value for number, value in enumerate(pair)} for pair in pairs
    }


FIRST = (4, 5, 3, 6, 5, 4, 2, 7, 5, 6)
LAST = (6, 7, 3, 8, 4, 7, 5, 8, 7, 9)


def test_the_change_is_of_the_same_people_with_its_interval() -> None:
    """Against Student's interval of scipy, on the differences."""
    result = of_score(ONS4, SATISFIED, values(*zip(FIRST, LAST, strict=True), (9.0,), (1.0,)))
    moved = [last - first for first, last in zip(FIRST, LAST, strict=True)]
    interval = stats.ttest_1samp(moved, 0).confidence_interval(0.95)
    assert result.change == pytest.approx((sum(moved) / 10, interval.low, interval.high), abs=1e-9)
    assert (result.people, result.paired, result.better, result.same, result.worse) == (12, 10, 8, 1, 1)
    assert result.first_of_others == 5.0
    assert "That is better." in said(result)
    assert missing(result) == (
        "2 people have no second answer and are not in this. They began at 5.0, the others at 4.7."
    )


def test_lower_is_better_is_not_taken_for_worse() -> None:
    result = of_score(ONS4, ANXIOUS, values(*zip(LAST, FIRST, strict=True)))
    assert (result.better, result.worse) == (8, 1)
    assert "That is better." in said(result)
    assert "Lower is better." in said(result)


def test_no_effect_is_said_as_plainly() -> None:
    result = of_score(ONS4, SATISFIED, values(*[(4, 5), (5, 4), (6, 7), (7, 6), (3, 3)] * 3))
    assert "No change can be told from these numbers." in said(result)


@pytest.mark.parametrize("pairs", [(), ((4.0,),), ((4, 5),) * 9, ((4, 5),) * 12], ids=str)
def test_too_little_to_say_is_said_so_and_gives_no_number(pairs: tuple[tuple[float, ...], ...]) -> None:
    result = of_score(ONS4, SATISFIED, values(*pairs))
    assert result.refused
    assert result.change is None
    assert "95%" not in said(result)


def asked_twice(place: Place, answers: Mapping[str, int | None], name: str) -> UUID:
    case_id = supported(place, given_name=name, nhs_number="")
    answered(place, case_id, answered_on=clock.today() - dt.timedelta(days=60))
    answered(place, case_id, occasion="review", answers=answers)
    return case_id


def test_a_worker_sees_their_own_caseload_and_a_lead_the_team(place: Place) -> None:
    for number, name in enumerate(("Ann", "Bea", "Cal", "Dot")):
        asked_twice(place, WELL | {"happy": 7 + number % 3}, name)
    mine = queries.my_results(place.worker.scope)
    assert (mine.supported, mine.asked, mine.twice) == (4, 4, 4)
    assert queries.my_results(place.colleague.scope).asked == 0
    assert queries.team_results(place.lead.scope) == mine
    with pytest.raises(NotAllowed):
        queries.team_results(place.worker.scope)
    page = sign_in(place.worker).get(reverse("outcomes:results")).content.decode()
    assert "With fewer than 10 nothing can be said" in page
    assert "What we cannot say" in page
    assert "lw-dumbbell" not in page
    assert "Results of our team" in sign_in(place.lead).get(reverse("outcomes:results") + "?of=team").content.decode()
    assert queries.my_results(place.stranger.scope).supported == 0


def used(place: Place, member: str = "lead", **given: Any) -> UUID:
    today = clock.today()
    words: dict[str, Any] = {
        "to_whom": "the board",
        "what": "The report of the quarter",
        "used_on": today,
        "from_on": today - dt.timedelta(days=90),
        "to_on": today,
    }
    team_id = given.pop("team_id", None)
    use = UseDetails(**words | given)
    return actions.record_use(scope=getattr(place, member).scope, use=use, team_id=team_id)


def test_your_numbers_went_to_the_board(place: Place) -> None:
    case_id = supported(place)
    first = answered(place, case_id)
    actions.correct_answers(
        scope=place.worker.scope, response_id=first, given=given(answers=WELL | {"happy": 1}), reason="Typed wrongly"
    )
    used(place)
    used(place, to_whom="the trust", team_id=place.team_id)
    used(place, to_whom="nobody of ours", team_id=place.stranger_team_id)
    used(place, to_whom="last year's", to_on=clock.today() - dt.timedelta(days=30))
    rows = queries.uses_of_mine(place.worker.scope)
    assert {(row.use.to_whom, row.mine) for row in rows} == {("the board", 1), ("the trust", 1)}
    assert queries.uses_of_mine(place.colleague.scope) == ()
    assert queries.uses_of_mine(place.stranger.scope) == ()
    page = sign_in(place.worker).get(reverse("outcomes:results")).content.decode()
    assert "Your numbers went to the board on" in page


def test_only_leads_say_that_results_were_used_and_say_it_whole(place: Place) -> None:
    with pytest.raises(NotAllowed):
        used(place, "worker")
    for wrong in ({"to_whom": " "}, {"what": "x" * 201}, {"from_on": dt.date(2999, 1, 1)}):
        with pytest.raises(Invalid):
            used(place, **wrong)
    today = clock.today()
    sent: dict[str, Any] = {"to_whom": "the board", "what": "A report", "submission_key": str(uuid4())}
    client, where = sign_in(place.lead), reverse("outcomes:say_used")
    assert client.post(where, sent).status_code == 422
    for name in ("used_on", "from_on", "to_on"):
        sent |= {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}
    assert client.post(where, sent).status_code == 302
    assert sign_in(place.worker).get(where).status_code == 404
