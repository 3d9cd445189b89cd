"""The whole of safe contact, every combination, against a table written apart from the rules: who it is for, which
way, what is done, what was said, and what is so at that moment."""

from dataclasses import asdict
from itertools import product

import pytest

from linkwell.messaging.gate import Act, Facts, To, Way, decide
from linkwell.people import safe
from linkwell.people.details import SafeAnswers

# What may go, and what stops it. Whatever is not here never goes.
#   for        way        doing                                  said by the person     stopped by
TABLE = """
    person     phone      call,appointment                       yes,unsure,not_asked   died
    person     voicemail  voicemail_note                         yes                    died,decided,shared
    person     text       message,appointment,page               yes                    died,decided,shared
    person     email      message,appointment,page               yes                    died,decided,shared
    person     letter     message,appointment,letter             yes                    died,decided,shared,restricted
    parent     phone      call,appointment                       yes,unsure,not_asked   died,never,withdrawn
    parent     text       message,appointment,page               yes                    died,never,withdrawn,shared
    parent     email      message,appointment,page               yes                    died,never,withdrawn,shared
    group      email      message,appointment,page               any                    died,withdrawn
    group      email      taking_back                            any                    -
    referrer   email      message,appointment,page               any                    withdrawn
    gp         email      message,appointment,page               any                    withdrawn
    gp         letter     message,appointment,letter             any                    withdrawn
    staff      email      message,appointment,page               any                    -
"""
FLAGS = {
    "died": "died",
    "decided": "decided_for_them",
    "shared": "read_by_another",
    "restricted": "restricted",
    "never": "do_not_contact",
    "withdrawn": "withdrawn",
}
# Who said it, whether nobody else could hear, and their answer: what that is worth.
WORTH = {
    ("person", True, True): "yes",
    ("person", False, True): "unsure",
    ("referrer", True, True): "unsure",
    ("referrer", False, True): "unsure",
    ("relative", True, True): "unsure",
    ("relative", False, True): "unsure",
    ("feed", True, True): "unsure",
    ("feed", False, True): "unsure",
} | {
    (who, alone, answer): "no" if answer is False else "not_asked"
    for who, alone, answer in product(("person", "referrer", "relative", "feed"), (True, False), (False, None))
}


def rows() -> list[tuple[str, str, set[str], set[str], set[str]]]:
    found = []
    for line in TABLE.strip().splitlines():
        who, way, doing, said, stops = line.split()
        worth = set(WORTH.values()) if said == "any" else set(said.split(","))
        found.append((who, way, set(doing.split(",")), worth, set(stops.split(",")) - {"-"}))
    return found


ROWS = rows()


def expected(to: str, way: str, act: str, worth: str, flags: set[str]) -> bool:
    return any(
        (to, way) == (who, by) and act in doing and worth in said and not (flags & stops)
        for who, by, doing, said, stops in ROWS
    )


@pytest.mark.fault("F17")
@pytest.mark.fault("F18")
@pytest.mark.fault("F19")
@pytest.mark.fault("F20")
def test_every_way_to_everybody_in_every_state_goes_only_where_the_table_says() -> None:
    seen = 0
    for (who, alone, answer), worth in WORTH.items():
        for way in Way:
            given: dict[str, bool | None] = {way.value: answer}
            stands = safe.fold([SafeAnswers(**given, asked_alone=alone, told_by=who)])  # type: ignore[arg-type]
            seen += _every_state(stands, way, worth)
    assert seen == 24 * 5 * 6 * 7 * 64


def _every_state(stands: SafeAnswers, way: Way, worth: str) -> int:
    states = [dict(zip(FLAGS, on, strict=True)) for on in product((False, True), repeat=len(FLAGS))]
    for on in states:
        facts = Facts(**{FLAGS[name]: value for name, value in on.items()})
        flags = {name for name, value in on.items() if value}
        for to, act in product(To, Act):
            decision = decide(stands, to=to, way=way, act=act, facts=facts)
            wanted = expected(to.value, way.value, act.value, worth, flags)
            assert decision.allowed == wanted, f"{to} {way} {act}, {worth}, {flags}: {decision}"
            assert decision.allowed != bool(decision.reason)
    return len(states) * len(To) * len(Act)


def test_the_table_knows_every_state_there_is() -> None:
    assert set(FLAGS.values()) == set(asdict(Facts()))
    assert {row[0] for row in ROWS} == {each.value for each in To}


def test_a_no_to_the_phone_is_a_no_to_voicemail() -> None:
    said = SafeAnswers(phone=False, voicemail=True, confirmed=frozenset({"phone", "voicemail"}))
    assert not decide(said, to=To.PERSON, way=Way.VOICEMAIL, act=Act.VOICEMAIL_NOTE).allowed
