"""If these fail, a caseload is shared out so that somebody is forgotten or nobody speaks their language."""

import datetime as dt
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from linkwell.workforce.alarm import next_to_tell, who_is_told
from linkwell.workforce.proposal import Colleague, ToGive, propose, speaks, works_on

LANGUAGES = st.sampled_from(["", "English", "Urdu", "Polish"])
MONDAY = dt.date(2026, 3, 2)


def an_id(number: int) -> UUID:
    return UUID(int=number)


COLLEAGUES = st.lists(
    st.builds(
        Colleague,
        id=st.integers(1, 50).map(an_id),
        name=st.just("Somebody"),
        room=st.integers(-20, 60),
        full=st.integers(0, 60),
        languages=st.lists(st.sampled_from(["Urdu", "Polish"]), unique=True).map(tuple),
        working_days=st.lists(st.integers(0, 4), unique=True).map(tuple),
        there=st.booleans(),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each.id,
)
PEOPLE = st.lists(
    st.builds(
        ToGive,
        id=st.integers(100, 400).map(an_id),
        weight=st.integers(1, 3),
        language=LANGUAGES,
        next_contact=st.none() | st.integers(0, 20).map(lambda days: MONDAY + dt.timedelta(days=days)),
    ),
    max_size=30,
    unique_by=lambda each: each.id,
)


@given(PEOPLE, COLLEAGUES)
def test_everybody_has_somebody_and_only_who_was_asked_about(people: list[ToGive], colleagues: list[Colleague]) -> None:
    given_to = propose(people, colleagues)
    assert given_to.keys() == {each.id for each in people}
    assert set(given_to.values()) <= {each.id for each in colleagues}


@given(PEOPLE, COLLEAGUES)
def test_nobody_is_given_to_a_colleague_who_is_away_while_another_is_there(
    people: list[ToGive], colleagues: list[Colleague]
) -> None:
    there = {each.id for each in colleagues if each.there}
    if there:
        assert set(propose(people, colleagues).values()) <= there


@given(PEOPLE, COLLEAGUES)
def test_somebody_speaks_the_language_where_anybody_does(people: list[ToGive], colleagues: list[Colleague]) -> None:
    asked = [each for each in colleagues if each.there] or colleagues
    by_id = {each.id: each for each in colleagues}
    given_to = propose(people, colleagues)
    for person in people:
        if any(speaks(each, person.language) for each in asked):
            assert speaks(by_id[given_to[person.id]], person.language)
        best = [each for each in asked if speaks(each, person.language)] or asked
        if any(works_on(each, person.next_contact) for each in best):
            assert works_on(by_id[given_to[person.id]], person.next_contact)


@given(PEOPLE)
def test_two_alike_share_alike(people: list[ToGive]) -> None:
    alike = [Colleague(an_id(1), "One", 20, 56), Colleague(an_id(2), "Two", 20, 56)]
    plain = [ToGive(each.id, each.weight) for each in people]
    given_to = propose(plain, alike)
    took = {each.id: sum(person.weight for person in plain if given_to[person.id] == each.id) for each in alike}
    assert abs(took[an_id(1)] - took[an_id(2)]) <= 3


def test_with_nobody_to_ask_nothing_is_proposed() -> None:
    assert propose([ToGive(an_id(1), 1)], []) == {}


NOW = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)
GRACE = dt.timedelta(minutes=15)


def test_a_few_minutes_late_alarms_nobody() -> None:
    assert not next_to_tell(NOW - dt.timedelta(minutes=14), None, GRACE, NOW)
    assert next_to_tell(NOW - dt.timedelta(minutes=15), None, GRACE, NOW)
    assert not next_to_tell(NOW - dt.timedelta(hours=1), NOW - dt.timedelta(minutes=14), GRACE, NOW)


def test_buddy_then_duty_then_leads_and_never_the_worker() -> None:
    worker, buddy, duty, lead = (an_id(number) for number in range(1, 5))
    line = [
        who_is_told(step, buddy=buddy, duty=(duty, worker), leads={lead, worker}, worker=worker) for step in range(5)
    ]
    assert line == [(buddy,), (duty,), (lead,), (lead,), (lead,)]


def test_where_there_is_only_a_duty_person_they_are_told_again() -> None:
    worker, duty = an_id(1), an_id(2)
    assert [who_is_told(step, buddy=None, duty=(duty, None), leads=set(), worker=worker) for step in range(3)] == [
        (duty,)
    ] * 3
