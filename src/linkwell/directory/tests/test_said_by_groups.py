"""What a group says, in words, in dates and in rules: read rightly or left to a person."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkwell.directory.fitting import Answer, Known, Offered, Rule, fit, in_areas, in_outline
from linkwell.directory.models import RuleKind, ServiceRoom
from linkwell.directory.replying import own_words, understand
from linkwell.directory.times import Different, Regular, is_open, meetings, next_meetings, spans, usable
from linkwell.directory.trust import trust

SUNDAY = dt.date(2026, 11, 22)
TUESDAYS = Regular(1, dt.time(10, 30), dt.time(12, 30))


@pytest.mark.parametrize(
    ("words", "room", "weeks", "places"),
    [
        ("full", ServiceRoom.FULL, None, None),
        ("Sorry, we're full at the moment.", ServiceRoom.FULL, None, None),
        ("two places", ServiceRoom.FEW, None, 2),
        ("We have 10 places left", ServiceRoom.ROOM, None, 10),
        ("Waiting list six weeks", ServiceRoom.WAITING, 6, None),
        ("full, waiting list of about 2 months", ServiceRoom.WAITING, 8, None),
        ("Please talk to us first", ServiceRoom.ASK_FIRST, None, None),
        ("Yes, plenty of room, thanks", ServiceRoom.ROOM, None, None),
    ],
)
def test_plain_words_of_a_group_are_understood(
    words: str, room: ServiceRoom, weeks: int | None, places: int | None
) -> None:
    said = understand(own_words(f"Hello\n{words}\nJean Abbott\n\nOn Monday somebody wrote:\n> full"))
    assert said is not None
    assert (said.room, said.weeks, said.places) == (room, weeks, places)


@pytest.mark.parametrize(
    "words",
    ["not full", "full but two places from May", "full moon party on Friday", "two places, waiting list six weeks",
     "no waiting list", "who is this?", "999 places", "one place for men", "stop writing to us", ""],
)  # fmt: skip
def test_what_could_mean_two_things_is_left_to_a_person(words: str) -> None:
    assert understand(own_words(words)) is None


@given(st.text(max_size=300))
def test_no_words_at_all_break_the_reading_of_an_answer(words: str) -> None:
    said = understand(own_words(words))
    assert said is None or said.weeks is None or 0 < said.weeks <= 104


def test_a_break_is_left_out_and_an_extra_day_is_in() -> None:
    away = Different(dt.date(2026, 12, 1), dt.date(2026, 12, 8))
    extra = Different(dt.date(2026, 11, 28), dt.date(2026, 11, 28), True, dt.time(9))
    days = [each.day.day for each in next_meetings([TUESDAYS], [away, extra], [], SUNDAY, 4)]
    assert days == [24, 28, 15, 22]


def test_every_second_week_counts_from_when_it_began() -> None:
    rule = Regular(0, dt.time(14), None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", begins_on=dt.date(2026, 1, 5))
    assert [each.day.isoformat() for each in next_meetings([rule], [], [], SUNDAY, 2)] == ["2026-11-23", "2026-12-07"]


def test_term_time_groups_rest_in_the_school_holidays() -> None:
    rule = Regular(3, dt.time(16), None, term_time=True)
    found = next_meetings([rule], [], [(dt.date(2026, 11, 23), dt.date(2026, 11, 29))], SUNDAY, 1)
    assert found[0].day == dt.date(2026, 12, 3)


def test_a_rhythm_nobody_told_the_beginning_of_is_never_a_date() -> None:
    rule = Regular(0, dt.time(14), None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert next_meetings([rule], [], [], SUNDAY) == []
    assert [(each.weekday, each.sure) for each in spans([rule], [], [], SUNDAY)] == [(0, False)]


_DAYS_APART = st.integers(0, 60).map(lambda days: SUNDAY + dt.timedelta(days=days))


@settings(max_examples=60)
@given(
    st.sampled_from(
        ["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1TU,-1TU"]
    ),
    st.lists(st.tuples(_DAYS_APART, st.integers(0, 20), st.booleans()), max_size=3),
    st.booleans(),
)
def test_asked_of_very_many_at_once_it_is_the_same_calendar(
    rule: str, odd: list[tuple[dt.date, int, bool]], term_time: bool
) -> None:
    regular = Regular(1, dt.time(10), dt.time(12), rule, begins_on=dt.date(2026, 1, 6), term_time=term_time)
    different = [Different(day, day + dt.timedelta(days=more), runs, dt.time(15)) for day, more, runs in odd]
    breaks = [(SUNDAY + dt.timedelta(days=20), SUNDAY + dt.timedelta(days=30))]
    last = SUNDAY + dt.timedelta(days=90)
    kept = spans([regular], different, breaks, SUNDAY)
    days = {
        day
        for number in range(91)
        if (day := SUNDAY + dt.timedelta(days=number))
        and any(
            each.weekday == day.weekday() and each.first <= day and (each.last is None or day <= each.last)
            for each in kept
        )
    }
    assert days == {each.day for each in meetings([regular], different, breaks, SUNDAY, last)}


def test_open_on_tuesday_afternoon_is_a_question_with_an_answer() -> None:
    tuesday = meetings([TUESDAYS], [], [], dt.date(2026, 11, 24), dt.date(2026, 11, 24))
    assert (is_open(tuesday, part="morning"), is_open(tuesday, part="evening")) == (True, False)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "rubbish", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;" * 40, ""])
def test_a_rule_that_would_run_away_is_not_kept(rule: str) -> None:
    assert not usable(rule)
    assert next_meetings([Regular(None, None, None, rule)], [], [], SUNDAY) == []


def test_somebody_is_told_why_it_does_not_fit_and_what_to_ask() -> None:
    women = Rule(RuleKind.GENDER, ("women",))
    here = Rule(RuleKind.AREA, ("ZW1",))
    carers = Rule(RuleKind.CARER)
    known = Known(age=40, gender="men", postcode="ZW1 1AB", step_free=True)
    found = fit(known, Offered(minimum_age=50, rules=(women, here, carers), step_free=False))
    assert found.answer is Answer.DOES_NOT_FIT
    assert found.because == (
        "It is for people aged 50 and over. They are 40.", "There are steps. They cannot manage steps.",
        "Only for women.",
    )  # fmt: skip
    assert found.ask == ("Only for people who look after somebody. Ask.",)
    assert found.broken == ("It is for people aged 50 and over.", "There are steps.", "Only for women.")
    assert fit(Known(age=60), Offered(minimum_age=50)).answer is Answer.FITS
    assert fit(Known(), Offered(rules=(Rule(RuleKind.GENDER, ("men",), must=False),))).answer is Answer.FITS


@pytest.mark.parametrize(
    ("known", "offered"),
    [
        (Known(languages=("pl",)), Offered(rules=(Rule(RuleKind.LANGUAGE, ("en",)),))),
        (Known(postcode="ZW1"), Offered(rules=(Rule(RuleKind.AREA, ("ZW1 3",)),))),
        (Known(step_free=True), Offered()),
        (Known(interpreted="Polish"), Offered(languages=("English",))),
    ],
)
def test_what_nobody_told_is_asked_and_never_guessed(known: Known, offered: Offered) -> None:
    assert fit(known, offered).answer is Answer.ASK


@pytest.mark.parametrize(
    ("postcode", "area", "inside"),
    [("ZW1 1AB", "ZW1", True), ("ZW11 1AB", "ZW1", False), ("ZW1 1AB", "ZW1 1", True), ("ZW1 2AB", "ZW1 1", False),
     ("ZW1 1AB", "zw", True), ("N7 0AA", "N7", True)],
)  # fmt: skip
def test_an_area_is_its_own_postcodes_and_no_others(postcode: str, area: str, inside: bool) -> None:
    assert in_areas(postcode, [area]) is inside


def test_an_outline_with_a_hole_in_it() -> None:
    ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    hole = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]
    shape: dict[str, object] = {"type": "Polygon", "coordinates": [ring, hole]}
    assert [in_outline(point, shape) for point in ((3.0, 3.0), (1.5, 1.5), (5.0, 1.0))] == [True, False, False]


def test_silence_shows_in_words_and_in_the_number_that_ranking_uses() -> None:
    levels = [trust(SUNDAY - dt.timedelta(days=days), SUNDAY).level for days in (10, 200, 700)]
    assert (levels, trust(None, SUNDAY).level) == ([1.0, 0.5, 0.0], 0.0)
    assert "Ring before you go" in trust(SUNDAY - dt.timedelta(days=700), SUNDAY).words
