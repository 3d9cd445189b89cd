"""If these fail, an admission message is taken for something it does not say."""

from __future__ import annotations

import pytest

from linkwell.interop.hl7v2.adt import KINDS, events_of
from linkwell.interop.hospital_events import Identifier, Kind, Location, from_json, to_json
from linkwell.kernel.errors import Invalid

PID = "PID|1||H1^^^WEXPAS^MR~943 476 5919^^^NHS^NHS||Everyman^Adam^^^^^L||19580412|M|||12 Mill Lane^^Wexcombe^^ZW5 9QY"
PV1 = "PV1|1|I|W12^B^4^WEXGEN||||||||||||||||V1"


def raw(trigger: str, *segments: str, msh: str = "PAS|WEXGEN", evn: str = "20261102091000", mode: str = "P") -> bytes:
    lines = [f"MSH|^~\\&|{msh}|LW|WEX|20261102093000||ADT^{trigger}|M1|{mode}|2.4", f"EVN|{trigger}|{evn}"]
    return ("\r".join([*lines, *segments]) + "\r").encode()


def test_an_admission_says_who_where_and_when() -> None:
    (event,) = events_of(raw("A01", PID, PV1))
    assert (event.kind, event.subject) == (Kind.ADMIT, Identifier("WEXPAS", "H1"))
    assert event.at.isoformat() == "2026-11-02T09:10:00+00:00"
    assert event.person is not None
    assert event.visit is not None
    assert (event.person.nhs_number, event.person.born_on, event.person.postcode) == (
        *("9434765919", "1958-04-12"),
        "ZW5 9QY",
    )
    assert event.visit.location == Location("W12", "B", "4", "WEXGEN")
    assert str(event.visit.location) == "W12^B^4"


MOVED = "MRG|H9^^^WEXPAS^MR||ACC1||V9"


@pytest.mark.parametrize("trigger", sorted(KINDS))
def test_every_event_is_kept_and_read_back_the_same(trigger: str) -> None:
    several = [PID.replace("H1^", "H2^"), PV1] if trigger in {"A17", "A37"} else []
    merge = {Kind.MERGE: ["MRG|H9^^^WEXPAS^MR"], Kind.MOVE_VISIT: [MOVED]}.get(KINDS[trigger], [])
    events = events_of(raw(trigger, PID, *merge, PV1, *several))
    assert len(events) == (2 if trigger == "A17" else 1)
    assert all(event.kind is KINDS[trigger] for event in events)
    assert [from_json(to_json(event)) for event in events] == list(events)


def test_a_moved_account_and_a_moved_visit_say_what_moves() -> None:
    (account,) = events_of(raw("A44", PID, MOVED))
    assert (account.other, account.other_account, account.other_visit) == (Identifier("WEXPAS", "H9"), "ACC1", "")
    assert account.visit is not None
    assert account.visit.number == "V9"
    (visit,) = events_of(raw("A45", PID, MOVED, PV1))
    assert (visit.other_visit, visit.visit and visit.visit.number) == ("V9", "V1")


@pytest.mark.fault("F10")
@pytest.mark.parametrize("number", ["9434765918", "9.43E+09", "943476591", ""])
def test_a_number_that_is_none_is_not_an_nhs_number(number: str) -> None:
    (event,) = events_of(raw("A01", PID.replace("943 476 5919", number), PV1))
    assert event.person is not None
    assert event.person.nhs_number is None


@pytest.mark.fault("F11")
def test_the_same_number_of_another_authority_is_another_number() -> None:
    ours, theirs = events_of(raw("A28", PID)), events_of(raw("A28", PID.replace("WEXPAS", "ELSPAS")))
    assert ours[0].subject != theirs[0].subject
    (unsaid,) = events_of(raw("A28", "PID|1||H1||Everyman^Adam"))
    assert unsaid.subject == Identifier("WEXGEN", "H1")


@pytest.mark.fault("F11")
@pytest.mark.parametrize("mode", ["T", "D"])
def test_a_test_message_is_about_nobody(mode: str) -> None:
    assert events_of(raw("A01", PID, PV1, mode=mode)) == ()


def test_an_empty_field_says_nothing_and_two_quotes_say_none() -> None:
    (event,) = events_of(raw("A31", PID.replace("|M|", '|""|').replace("ZW5 9QY", "")))
    assert event.person is not None
    assert (event.person.sex, event.person.postcode) == ("", None)


@pytest.mark.parametrize(
    ("said", "method"),
    [("21", "21"), ("2a", "2A"), ("13", "13"), ("98", "98")]
    + [(kind, "28") for kind in "AEU"]
    + [(kind, None) for kind in ("", "R", "C", "99", "elective")]
    + [('""', "")],
)
def test_how_somebody_was_admitted_is_a_national_code_or_not_known(said: str, method: str | None) -> None:
    (event,) = events_of(raw("A01", PID, PV1.replace("|W12^B^4^WEXGEN|", f"|W12|{said}")))
    assert event.visit is not None
    assert event.visit.admission_method == method
    assert event.visit.number == "V1"


@pytest.mark.parametrize(
    ("pid_22", "pid_10", "read"),
    [
        ("H", "", "H"),
        ("H1^Indian^NHSDD", "", "H"),
        ("", "m", "M"),
        ("99^Not known", "B", "B"),
        ("Z", "B", "Z"),
        ("", "", None),
        ('""', "", ""),
        ('""', "B", "B"),
        ("99", "", None),
        ("N^NOT HISPANIC OR LATINO^HL70189", "2106-3^White^HL70005~2028-9^Asian^HL70005", None),
        ("N^Not Hispanic", "", None),
        ("H^Hospital code^99WEX", "", None),
        ("N^^HL70189~K^^NHSDD", "", "K"),
        ("British", "", None),
    ],
)
def test_ethnic_background_is_a_national_code_and_no_other_countrys(pid_22: str, pid_10: str, read: str | None) -> None:
    """N is African here and "not Hispanic" in the tables of HL7: mixed up, a hospital's numbers are untrue."""
    fields = PID.split("|")
    fields += [""] * (23 - len(fields))
    fields[10], fields[22] = pid_10, pid_22
    (event,) = events_of(raw("A31", "|".join(fields)))
    assert event.person is not None
    assert event.person.ethnic_category == read
    assert from_json(to_json(event)) == event


@pytest.mark.parametrize(
    ("message", "where"),
    [
        (raw("A01", PV1), "PID"),
        (raw("A01", PID), "PV1"),
        (raw("A01", "PID|1||||Everyman", PV1), "PID-3"),
        (raw("A01", PID, PV1, evn="yesterday"), "EVN-2"),
        (raw("A01", PID.replace("19580412", "19581312"), PV1), "PID-7"),
        (raw("A01", PID, PV1 + "|" * 25 + "noon"), "PV1-44"),
        (raw("A40", PID), "MRG"),
        (raw("A40", PID, "MRG|H1^^^WEXPAS^MR"), "MRG-1"),
        (raw("A45", PID, "MRG|H9^^^WEXPAS^MR"), "MRG-5"),
        (raw("A01", PID, PID, PV1), "PID"),
        (raw("A24", PID, PID), "MSH-9"),
    ],
)
def test_what_cannot_be_read_names_its_field(message: bytes, where: str) -> None:
    with pytest.raises(Invalid) as wrong:
        events_of(message)
    assert wrong.value.findings[0].where == where


def test_one_message_may_join_several_records() -> None:
    pairs = [PID, "MRG|H8^^^WEXPAS^MR", PID.replace("H1^", "H2^"), "MRG|H9^^^WEXPAS^MR"]
    found = [(event.subject.value, event.other and event.other.value) for event in events_of(raw("A40", *pairs))]
    assert found == [("H1", "H8"), ("H2", "H9")]


def test_events_about_something_else_are_no_news() -> None:
    assert events_of(raw("A60", PID)) == ()
    assert events_of(raw("A29", PID, PV1)) == ()
