"""Which answer about safe contact stands, over every history somebody could have."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.people import safe
from linkwell.people.details import CHANNELS, SafeAnswers

ANSWER = st.sampled_from([None, True, False])
ROW = st.builds(
    SafeAnswers,
    phone=ANSWER,
    voicemail=ANSWER,
    text=ANSWER,
    email=ANSWER,
    letter=ANSWER,
    instruction=st.sampled_from(["", "Never phone after 5pm", "Visit in pairs"]),
    asked_alone=st.booleans(),
    told_by=st.sampled_from(["person", "referrer", "relative", "feed"]),
)
HISTORY = st.lists(ROW, max_size=6)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.fault("F18")
@patient
@given(HISTORY, ROW)
def test_nobody_but_the_person_alone_turns_a_no_into_a_yes(history: list[SafeAnswers], later: SafeAnswers) -> None:
    before = safe.fold(history)
    after = safe.fold([*history, later])
    for channel in CHANNELS:
        if before.answer(channel) is False and after.answer(channel) is not False:
            assert later.from_the_person_alone
            assert later.answer(channel) is True


@pytest.mark.fault("F18")
@patient
@given(HISTORY)
def test_a_yes_is_sure_only_when_the_person_said_it_alone(history: list[SafeAnswers]) -> None:
    stands = safe.fold(history)
    for channel in CHANNELS:
        if stands.answer(channel) is True and channel in stands.confirmed:
            assert any(row.answer(channel) is True and row.from_the_person_alone for row in history)


@patient
@given(HISTORY, ROW)
def test_a_no_from_anybody_is_a_no(history: list[SafeAnswers], later: SafeAnswers) -> None:
    after = safe.fold([*history, later])
    for channel in CHANNELS:
        if later.answer(channel) is False:
            assert after.answer(channel) is False


@patient
@given(HISTORY, ROW)
def test_a_safety_instruction_is_not_lost_to_somebody_elses_words(
    history: list[SafeAnswers], later: SafeAnswers
) -> None:
    before = safe.fold(history)
    after = safe.fold([*history, later])
    if not later.from_the_person_alone:
        assert set(before.instructions) <= set(after.instructions)


@pytest.mark.fault("F6")
@patient
@given(st.lists(HISTORY.map(safe.fold), min_size=1, max_size=4))
def test_records_that_are_one_person_keep_the_most_careful_answer(records: list[SafeAnswers]) -> None:
    together = safe.most_restrictive(records)
    for channel in CHANNELS:
        if any(each.answer(channel) is False for each in records):
            assert together.answer(channel) is False
        if together.answer(channel) is True and channel in together.confirmed:
            assert all(each.answer(channel) is True and channel in each.confirmed for each in records)
    assert {line for each in records for line in each.instructions} == set(together.instructions)


def test_nobody_asked_means_nothing_but_the_phone() -> None:
    stands = safe.fold([])
    assert all(stands.answer(channel) is None for channel in CHANNELS)
    assert stands.confirmed == frozenset()
