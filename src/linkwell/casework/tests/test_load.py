"""If these fail, a lead gives people to somebody who is full, or leaves somebody with room idle."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkwell.accounts.actions.leave import add_leave, set_hours
from linkwell.casework import actions, load, queries
from linkwell.casework.details import ComplexityDetails
from linkwell.casework.models import Complexity, Factor
from linkwell.casework.presenters.common import load_words
from linkwell.casework.states import CASE
from linkwell.casework.tests.helpers import accepted, refer, supported, version
from linkwell.casework.tests.pages import parsed, post
from linkwell.kernel import clock
from linkwell.kernel.errors import Conflict, Invalid
from tests.place import Place, sign_in

MONDAY = dt.date(2026, 3, 2)
HOURS = st.decimals(min_value=Decimal("0.5"), max_value=60, places=1)
WORKED = st.lists(st.integers(0, 6), unique=True, max_size=7).map(tuple)
DAYS = st.integers(-40, 60).map(lambda number: MONDAY + dt.timedelta(days=number))
TIME_AWAY = st.tuples(DAYS, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + dt.timedelta(days=pair[1])))
PATTERNS = st.builds(
    load.Pattern,
    hours=st.none() | HOURS,
    full_time_hours=st.just(Decimal("37.5")),
    working_days=WORKED,
    induction_until=st.none() | DAYS,
    away=st.lists(TIME_AWAY, max_size=3).map(tuple),
)
FULL = st.integers(1, 200)


def test_every_state_and_level_has_its_number() -> None:
    assert set(load.SHARES) == set(CASE.states) - {"closed"}
    assert set(load.WEIGHTS) == set(Complexity.values)


def test_full_time_without_days_away_is_the_teams_own_number() -> None:
    assert load.target(56, load.Pattern(None, Decimal("37.5")), MONDAY) == 56
    assert load.target(56, load.Pattern(Decimal("18.75"), Decimal("37.5")), MONDAY) == 28


def test_a_week_away_of_four_and_getting_started_are_taken_off() -> None:
    week = ((MONDAY, MONDAY + dt.timedelta(days=6)),)
    assert load.target(56, load.Pattern(None, Decimal("37.5"), away=week), MONDAY) == 42
    started = load.Pattern(None, Decimal("37.5"), induction_until=MONDAY + dt.timedelta(days=100))
    assert load.target(56, started, MONDAY) == 28


def test_a_number_of_ones_own_is_not_scaled_by_hours_again() -> None:
    assert load.target(20, load.Pattern(Decimal(15), Decimal("37.5"), own_full=True), MONDAY) == 20


@given(FULL, PATTERNS)
def test_a_target_is_never_more_than_full_and_never_below_nothing(full: int, pattern: load.Pattern) -> None:
    assert 0 <= load.target(full, pattern, MONDAY) <= full


@given(FULL, PATTERNS, TIME_AWAY)
def test_more_days_away_never_make_room(full: int, pattern: load.Pattern, away: tuple[dt.date, dt.date]) -> None:
    more = load.Pattern(
        pattern.hours, pattern.full_time_hours, pattern.working_days, pattern.induction_until, (*pattern.away, away)
    )
    assert load.target(full, more, MONDAY) <= load.target(full, pattern, MONDAY)


@given(FULL, PATTERNS, HOURS, HOURS)
def test_more_hours_never_mean_a_smaller_caseload(full: int, pattern: load.Pattern, one: Decimal, two: Decimal) -> None:
    fewer, more = (
        load.target(full, load.Pattern(hours, Decimal("37.5"), pattern.working_days, None, pattern.away), MONDAY)
        for hours in sorted((one, two))
    )
    assert fewer <= more


@given(FULL, PATTERNS)
def test_away_for_all_four_weeks_is_room_for_nobody(full: int, pattern: load.Pattern) -> None:
    gone = load.Pattern(pattern.hours, pattern.full_time_hours, away=((MONDAY, MONDAY + dt.timedelta(days=28)),))
    assert load.target(full, gone, MONDAY) == 0


@given(st.lists(st.tuples(st.sampled_from(sorted(load.SHARES)), st.integers(1, 3))))
def test_load_is_the_sum_of_its_parts_and_pausing_never_adds(cases: list[tuple[str, int]]) -> None:
    assert load.load(cases) == sum((load.load([each]) for each in cases), Fraction(0))
    paused = [("paused", weight) for _, weight in cases if _ != "waiting"]
    assert load.load(paused) <= load.load([(state, weight) for state, weight in cases if state != "waiting"])


@given(st.sets(st.sampled_from(Factor.values)), st.sampled_from(Factor.values))
def test_one_more_factor_never_makes_support_simpler(factors: set[str], another: str) -> None:
    order = ("low", "medium", "high")
    assert order.index(load.usual_level(factors | {another})) >= order.index(load.usual_level(factors))


@pytest.mark.django_db
def test_hours_days_away_and_cover_show_where_a_lead_chooses(place: Place) -> None:
    case_id = accepted(place, place.worker.user_id)
    actions.review_complexity(
        scope=place.worker.scope,
        case_id=case_id,
        expected_version=version(place.lead.scope, case_id),
        complexity=ComplexityDetails("medium", ("interpreter", "travel")),
    )
    set_hours(
        scope=place.lead.scope,
        membership_id=place.worker.membership_id,
        hours_a_week=Decimal("18.75"),
        induction_until=None,
        working_days=(0, 1, 2),
    )
    today = clock.today()
    add_leave(
        scope=place.worker.scope,
        user_id=place.worker.user_id,
        starts_on=today + dt.timedelta(days=40),
        ends_on=today + dt.timedelta(days=50),
    )
    actions.arrange_cover(
        scope=place.lead.scope,
        worker_id=place.worker.user_id,
        covered_by_id=place.colleague.user_id,
        starts_on=today,
        ends_on=today,
    )
    loads = queries.load_by_worker(place.lead.scope, place.team_id)
    away, covering = loads[place.worker.user_id], loads[place.colleague.user_id]
    assert (away.full, away.weight, away.covered, away.cases) == (28, 0, 1, 1)
    assert (covering.full, covering.weight, covering.covering) == (56, 2, 1)
    assert "1 of them for Sam Okafor" in load_words(covering)


@pytest.mark.django_db
def test_what_was_said_of_complexity_before_is_kept(place: Place) -> None:
    case_id = supported(place)
    for level, factors in (("high", ("risk", "housing_legal")), ("low", ())):
        actions.review_complexity(
            scope=place.worker.scope,
            case_id=case_id,
            expected_version=version(place.worker.scope, case_id),
            complexity=ComplexityDetails(level, factors),
        )
    history = queries.complexity_history(place.worker.scope, case_id)
    assert [row.level for row in history] == ["low", "high"]
    assert history[1].factor_words == (
        "A housing, benefits or legal case going on",
        "A risk to plan around, or a safeguarding concern",
    )
    assert queries.case(place.worker.scope, case_id).weight == 1
    with pytest.raises(Conflict):
        actions.review_complexity(
            scope=place.worker.scope, case_id=case_id, expected_version=1, complexity=ComplexityDetails("low")
        )
    with pytest.raises(Invalid):
        actions.review_complexity(
            scope=place.worker.scope,
            case_id=case_id,
            expected_version=version(place.worker.scope, case_id),
            complexity=ComplexityDetails("very", ()),
        )


@pytest.mark.django_db
def test_choosing_a_worker_while_accepting_says_how_complex_it_is_and_the_waiting_list_does_not(place: Place) -> None:
    danger = {"interpreter": True, "language": "Polish", "why": "He wants to kill himself"}
    client, to_worker, to_wait = sign_in(place.lead), refer(place, **danger), refer(place, given_name="Alf")
    url = reverse("casework:accept", args=[to_worker])
    page = parsed(client.get(url))
    assert {each["value"] for each in page.select("input[name=factors][checked]")} == {"risk", "interpreter"}
    assert page.select_one("input[name=level][checked]")["value"] == "medium"  # type: ignore[index]
    given = {"version": 1, "worker": str(place.worker.user_id)}
    assert "Choose low, medium or high" in parsed(client.post(url, given)).text
    post(client, "casework:accept", {"referral_id": to_worker}, **given, level="high", factors=["risk", "travel"])
    case = queries.case_of_referral(place.lead.scope, to_worker)
    assert case is not None
    [said] = queries.complexity_history(place.lead.scope, case.id)
    assert (case.weight, said.level, said.factors, said.by) == (3, "high", ("risk", "travel"), "Lena Hart")
    post(client, "casework:accept", {"referral_id": to_wait}, version=1, worker="waiting")
    waiting = queries.case_of_referral(place.lead.scope, to_wait)
    assert waiting is not None
    assert queries.complexity_history(place.lead.scope, waiting.id) == ()
