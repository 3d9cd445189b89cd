"""The one gate, over every combination there is."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.messaging import gate
from linkwell.messaging.gate import Act, Facts, Said, To, Way
from linkwell.messaging.models import Audience, Channel
from linkwell.people import safe
from linkwell.people.details import CHANNELS, SafeAnswers

ALL = list(product(To, Way, Act, (None, True, False), (True, False), (True, False), (True, False)))


def answers(way: Way, answer: bool | None, *, sure: bool) -> SafeAnswers:
    said: dict[str, bool | None] = {way.value: answer}
    return SafeAnswers(**said, confirmed=frozenset({way.value} if sure else ()))  # type: ignore[arg-type]


def test_the_table_has_a_row_for_everything_anybody_can_say() -> None:
    assert set(gate.TO_THE_PERSON) == set(product(Way, Said))
    assert set(gate.WAYS_OF) == set(Act)
    assert set(gate.TO_A_PARENT) == set(product(Way, Said))
    assert set(gate.TO_OTHERS) == set(To) - {To.PERSON, To.PARENT}
    assert {each.value for each in To} == set(Audience.values)
    assert {each.value for each in Way} == set(CHANNELS) == {"phone", "voicemail", *Channel.values}


@pytest.mark.fault("F18")
def test_nothing_but_the_phone_reaches_the_person_without_their_own_yes() -> None:
    for to, way, act, answer, sure, restricted, another in ALL:
        decision = gate.decide(
            answers(way, answer, sure=sure), to=to, way=way, act=act, facts=Facts(restricted, another)
        )
        assert decision.allowed != bool(decision.reason), "a refusal says why, and only a refusal does"
        if to is To.PERSON and decision.allowed and way is not Way.PHONE:
            assert answer is True
            assert sure
        if to is To.PERSON and answer is False:
            assert not decision.allowed
        if way is Way.TEXT and to not in (To.PERSON, To.PARENT):
            assert not decision.allowed
        if to is To.PARENT and decision.allowed and way is not Way.PHONE:
            assert answer is True
            assert sure


@pytest.mark.fault("F18")
def test_a_number_somebody_close_also_has_gets_no_message_whatever_was_said() -> None:
    for way in (Way.VOICEMAIL, Way.TEXT, Way.EMAIL, Way.LETTER):
        for act in Act:
            said = answers(way, True, sure=True)
            assert not gate.decide(said, to=To.PERSON, way=way, act=act, facts=Facts(read_by_another=True)).allowed


@pytest.mark.fault("F17")
def test_no_letter_goes_to_somebody_whose_home_is_secret() -> None:
    said = answers(Way.LETTER, True, sure=True)
    assert gate.decide(said, to=To.PERSON, way=Way.LETTER, act=Act.LETTER).allowed
    assert not gate.decide(said, to=To.PERSON, way=Way.LETTER, act=Act.LETTER, facts=Facts(restricted=True)).allowed


def test_voicemail_needs_the_phone_to_be_safe_too() -> None:
    said = SafeAnswers(phone=False, voicemail=True, confirmed=frozenset({"phone", "voicemail"}))
    assert not gate.decide(said, to=To.PERSON, way=Way.VOICEMAIL, act=Act.VOICEMAIL_NOTE).allowed


def test_unknown_means_phone_only() -> None:
    can = [
        (way, act)
        for way, act in product(Way, Act)
        if gate.decide(SafeAnswers(), to=To.PERSON, way=way, act=act).allowed
    ]
    assert can == [(Way.PHONE, Act.CALL), (Way.PHONE, Act.APPOINTMENT)]


_ANSWER = st.sampled_from([None, True, False])
_ROW = st.builds(
    SafeAnswers,
    phone=_ANSWER,
    voicemail=_ANSWER,
    text=_ANSWER,
    email=_ANSWER,
    letter=_ANSWER,
    asked_alone=st.booleans(),
    told_by=st.sampled_from(["person", "referrer", "relative", "feed"]),
)


@pytest.mark.fault("F18")
@pytest.mark.fault("F20")
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ROW, max_size=5), st.sampled_from(Way), st.sampled_from(Act))
def test_over_every_history_what_goes_out_was_said_by_the_person_alone(
    history: list[SafeAnswers], way: Way, act: Act
) -> None:
    stands = safe.fold(history)
    if not gate.decide(stands, to=To.PERSON, way=way, act=act).allowed:
        return
    said = [(row.answer(way.value), row.from_the_person_alone) for row in history]
    if way is not Way.PHONE:
        assert (True, True) in said
    last_no = max((number for number, (answer, _) in enumerate(said) if answer is False), default=-1)
    assert last_no == -1 or (True, True) in said[last_no + 1 :]
