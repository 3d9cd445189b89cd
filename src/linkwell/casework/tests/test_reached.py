"""Nobody is given up too early, and nobody is forced into a way of contact that is not safe for them."""

import datetime as dt
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.casework.reached import CHANNELS, Facts, TimeOfDay, Try, decide
from linkwell.kernel import clock

MONDAY = dt.date(2026, 3, 2)
MORNING, AFTERNOON, EVENING = dt.time(10), dt.time(14), dt.time(18)


def tried(day: int, time: dt.time = MORNING, way: str = "phone") -> Try:
    return Try(clock.at(MONDAY + dt.timedelta(days=day), time), way)


ENOUGH = Facts(
    tries=(tried(0), tried(2, AFTERNOON), tried(4, way="text")),
    safe=frozenset({"phone", "text"}),
    tries_needed=3,
    ways_needed=2,
    checked=True,
)


def test_support_ends_after_enough_tries_of_every_kind() -> None:
    assert decide(ENOUGH).enough
    assert not decide(ENOUGH).needs_lead


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (replace(ENOUGH, tries=()), "Try on 3 different days: no try counts so far."),
        (replace(ENOUGH, tries=(tried(0), tried(0, AFTERNOON), tried(0, way="text"))), "Try on 2 more days"),
        (
            replace(ENOUGH, tries=(tried(0), tried(1), tried(2, way="text"))),
            "Phone at another time of the day: in the afternoon or evening.",
        ),
        (replace(ENOUGH, tries=(tried(0), tried(1, AFTERNOON), tried(2))), "Try another safe way: by text."),
        (replace(ENOUGH, tries=()), "Try 2 safe ways: by phone or by text."),
        (replace(ENOUGH, checked=False), "Check their number and address with whoever referred them."),
    ],
)
def test_the_page_says_what_is_still_missing(facts: Facts, said: str) -> None:
    assert any(line.startswith(said) for line in decide(facts).missing), decide(facts).missing


def test_where_only_the_phone_is_safe_the_phone_is_enough_and_the_page_says_so() -> None:
    only = replace(ENOUGH, safe=frozenset({"phone"}), tries=(tried(0), tried(1, AFTERNOON), tried(2)))
    assert decide(only).enough
    assert "Trying by phone is enough: no other way is safe." in decide(only).skipped


@pytest.mark.fault("F18")
def test_a_try_by_a_way_that_is_not_safe_counts_for_nothing() -> None:
    by_letter = replace(ENOUGH, tries=(tried(0), tried(2, AFTERNOON), tried(4, way="letter")))
    assert not decide(by_letter).enough


@pytest.mark.fault("F20")
def test_tries_to_a_number_that_was_wrong_count_for_nothing() -> None:
    wrong = replace(ENOUGH, corrected_at=clock.at(MONDAY + dt.timedelta(days=3), MORNING))
    assert decide(wrong).missing[0] == "Try on 2 more days: so far on 1 day."


def test_where_no_way_is_safe_nobody_is_pressed_to_try_and_a_lead_decides() -> None:
    none = decide(replace(ENOUGH, safe=frozenset(), tries=()))
    assert none.enough
    assert none.because == ("No way to reach them is safe or known.",)


def test_somebody_who_may_be_at_risk_is_given_up_by_a_lead_only() -> None:
    assert decide(replace(ENOUGH, markers=("A risk is recorded.",))).needs_lead
    assert decide(replace(ENOUGH, concern=True)).needs_lead


def test_letters_and_texts_have_no_time_of_day() -> None:
    written = replace(
        ENOUGH,
        safe=frozenset({"text", "email"}),
        tries=(tried(0, way="text"), tried(1, way="email"), tried(2, way="text")),
    )
    assert decide(written).enough


@pytest.mark.fault("F12")
@pytest.mark.parametrize(
    ("at", "day", "time"),
    [
        # 00:30 in London on 29 March is 00:30 UTC; a day later the clocks have changed.
        (dt.datetime(2026, 3, 29, 23, 30, tzinfo=dt.UTC), dt.date(2026, 3, 30), TimeOfDay.MORNING),
        (dt.datetime(2026, 7, 1, 11, 30, tzinfo=dt.UTC), dt.date(2026, 7, 1), TimeOfDay.AFTERNOON),
        (dt.datetime(2026, 1, 5, 11, 30, tzinfo=dt.UTC), dt.date(2026, 1, 5), TimeOfDay.MORNING),
        (dt.datetime(2026, 7, 1, 16, 30, tzinfo=dt.UTC), dt.date(2026, 7, 1), TimeOfDay.EVENING),
    ],
)
def test_the_day_and_the_time_of_day_are_by_the_clock_on_the_wall(at: dt.datetime, day: dt.date, time: str) -> None:
    one = Try(at, "phone")
    assert (one.day, one.time_of_day) == (day, time)


TRIES = st.lists(
    st.builds(
        tried,
        st.integers(0, 9),
        st.sampled_from([MORNING, AFTERNOON, EVENING]),
        st.sampled_from(["phone", "home", "text", "email", "letter"]),
    ),
    max_size=8,
).map(tuple)
FACTS = st.builds(
    Facts,
    tries=TRIES,
    safe=st.sampled_from([frozenset(some) for size in range(5) for some in combinations(CHANNELS, size)]),
    tries_needed=st.integers(1, 5),
    ways_needed=st.integers(1, 4),
    checked=st.booleans(),
    corrected_at=st.none() | st.integers(0, 9).map(lambda day: clock.at(MONDAY + dt.timedelta(days=day), MORNING)),
    markers=st.sampled_from([(), ("A risk is recorded.",)]),
    concern=st.booleans(),
)
BY_HAND = {"text": "by text", "email": "by e-mail", "letter": "by letter"}


@given(FACTS)
@settings(max_examples=100)
def test_no_unsafe_way_is_ever_asked_for(facts: Facts) -> None:
    asked = " ".join(decide(facts).missing)
    for way, said in BY_HAND.items():
        assert way in facts.safe or said not in asked
    assert "phone" in facts.safe or ("Phone" not in asked and "by phone" not in asked)


@given(FACTS, TRIES)
@settings(max_examples=100)
def test_trying_more_never_takes_somebody_further_from_the_end(facts: Facts, more: tuple[Try, ...]) -> None:
    if decide(facts).enough:
        assert decide(replace(facts, tries=facts.tries + more)).enough


@given(FACTS)
@settings(max_examples=100)
def test_enough_means_enough_different_days_by_ways_that_are_safe(facts: Facts) -> None:
    outcome = decide(facts)
    if outcome.enough and facts.safe:
        assert facts.checked
        assert len({each.day for each in outcome.counted}) >= facts.tries_needed
        assert len({each.way for each in outcome.counted}) >= min(facts.ways_needed, len(facts.safe))
        assert all(each.way in facts.safe or each.way == "home" for each in outcome.counted)


@given(FACTS)
@settings(max_examples=100)
def test_what_is_asked_can_always_be_done(facts: Facts) -> None:
    """Try every safe way on as many days as are asked for, at every time of the day: then nothing is missing."""
    start = facts.corrected_at or clock.at(MONDAY, dt.time())
    days = range(facts.tries_needed + 1)
    times = (MORNING, AFTERNOON, EVENING)
    first = clock.london(start).date() + dt.timedelta(days=1)
    all_tries = tuple(
        Try(clock.at(first + dt.timedelta(days=day), time), way) for day in days for time in times for way in facts.safe
    )
    assert decide(replace(facts, tries=all_tries, checked=True)).enough
