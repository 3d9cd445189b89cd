"""If these fail, when a message came would decide what is true about a patient."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkwell.hospital.pipeline import FoldedStay, Outcome, fold
from linkwell.hospital.pipeline.identity import JOINED_ELSEWHERE, JOINED_OTHER_WAY, NOT_JOINED, NOT_THIS_PATIENT
from linkwell.hospital.tests.histories import check, told
from linkwell.hospital.tests.sending import message
from linkwell.interop.hl7v2.adt import events_of
from linkwell.interop.hospital_events import HospitalEvent, Identifier


def events(*messages: bytes) -> list[HospitalEvent]:
    return [event for raw in messages for event in events_of(raw)]


def outcome(*messages: bytes) -> Outcome:
    """The fold, after showing that no order of arrival and no repetition changes it."""
    all_of_them = events(*messages)
    found = fold(told(all_of_them))
    for seed in range(6):
        shuffled = all_of_them + Random(seed).choices(all_of_them, k=2)
        Random(seed).shuffle(shuffled)
        assert (found.patients, found.stays) == (fold(told(shuffled)).patients, fold(told(shuffled)).stays)
    return found


def only(found: Outcome) -> FoldedStay:
    (stay,) = found.stays
    return stay


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def bearer(value: str) -> Identifier:
    return Identifier("WEXPAS", value)


ADMITTED, MOVED, LEFT = "20261102091000", "20261103100000", "20261105150000"


@pytest.mark.fault("F5")
@pytest.mark.fault("F4")
@pytest.mark.fault("F6")
@given(st.integers(0, 10**9))
def test_made_up_histories_come_out_as_they_happened_whatever_the_line_does(seed: int) -> None:
    check(seed)


@pytest.mark.fault("F5")
def test_a_late_update_never_overwrites_a_newer_one() -> None:
    older = message("A08", MOVED, family="EVERYMANN", expected="20261110")
    newer = message("A08", "20261104090000", family="EVERYMAN", expected="20261106")
    found = outcome(message("A01", ADMITTED), newer, older)
    assert only(found).expected_discharge_at == utc("2026-11-06")
    assert found.patients[0].facts.family_name == "EVERYMAN"


@pytest.mark.fault("F5")
def test_a_discharge_heard_first_is_a_stay_that_began_when_the_admission_says() -> None:
    alone = only(outcome(message("A03", LEFT)))
    assert (alone.admitted_at, alone.discharged_at) == (None, utc("2026-11-05T15:00"))
    assert only(outcome(message("A03", LEFT, location=""))).moves == ()
    both = only(outcome(message("A03", LEFT), message("A01", ADMITTED)))
    assert both.admitted_at == utc("2026-11-02T09:10")


@pytest.mark.fault("F5")
def test_the_time_it_happened_counts_before_the_time_it_was_typed_in() -> None:
    late = message("A02", "20261104120000", location="W9", occurred=MOVED)
    found = outcome(message("A01", ADMITTED), message("A02", "20261103120000", location="W5"), late)
    assert [str(move.location) for move in only(found).moves] == ["W12^B^4", "W9", "W5"]


@pytest.mark.fault("F4")
def test_the_same_content_with_a_new_number_has_no_effect() -> None:
    moves = [message("A02", MOVED, location="W3"), message("A02", "20261103110000", location="W4")]
    back = [message("A12", "20261103120000"), message("A12", "20261103120000")]
    assert [str(move.location) for move in only(outcome(message("A01", ADMITTED), *moves, *back)).moves] == [
        "W12^B^4",
        "W3",
    ]


@pytest.mark.fault("F7")
def test_a_cancelled_admission_leaves_no_stay_though_transfers_came_before_it() -> None:
    admitted, moved = message("A01", ADMITTED), message("A02", MOVED, location="W3")
    cancelled = message("A11", "20261104100000", occurred=ADMITTED)
    assert only(outcome(admitted, moved, cancelled)).cancelled
    again = message("A01", "20261104110000")
    assert not only(outcome(admitted, moved, cancelled, again)).cancelled


@pytest.mark.fault("F7")
def test_a_cancelled_discharge_takes_every_word_of_it_back() -> None:
    left = message("A03", LEFT, discharged=LEFT)
    update = message("A08", "20261105153000", discharged=LEFT)
    back = message("A13", "20261105160000", discharged=LEFT)
    stay = only(outcome(message("A01", ADMITTED), left, update, back))
    assert stay.discharged_at is None
    assert stay.moves[-1].to_at is None
    again = message("A03", "20261106100000")
    assert only(outcome(message("A01", ADMITTED), left, back, again)).discharged_at == utc("2026-11-06T10:00")


@pytest.mark.fault("F7")
def test_an_expected_patient_who_never_came_has_no_stay() -> None:
    assert outcome(message("A05", ADMITTED), message("A38", MOVED)).stays == ()
    assert outcome(message("A05", ADMITTED), message("A08", MOVED, patient_class="P")).stays == ()


def test_an_expected_discharge_that_is_cancelled_is_not_expected() -> None:
    pending = message("A16", MOVED, expected="20261106")
    assert only(outcome(message("A01", ADMITTED), pending)).expected_discharge_at is not None
    cancelled = message("A25", "20261104090000")
    assert only(outcome(message("A01", ADMITTED), pending, cancelled)).expected_discharge_at is None


def test_an_a_and_e_visit_becomes_a_ward_stay() -> None:
    arrived = message("A04", ADMITTED, patient_class="E", location="AE")
    stay = only(outcome(arrived, message("A06", MOVED, location="W12^B^4")))
    assert (stay.stay_class, stay.admitted_at) == ("inpatient", utc("2026-11-02T09:10"))
    assert [str(move.location) for move in stay.moves] == ["AE", "W12^B^4"]


def test_an_a_and_e_visit_that_became_a_ward_stay_is_still_known_with_its_times() -> None:
    arrived = message("A04", ADMITTED, patient_class="E", location="AE")
    for admitted in ("A01", "A06", "A02"):
        stay = only(outcome(arrived, message(admitted, MOVED, admitted=MOVED), message("A03", LEFT)))
        assert stay.admitted_at == utc("2026-11-03T10:00")
        assert (stay.ae_arrived_at, stay.ae_left_at) == (utc("2026-11-02T09:10"), utc("2026-11-03T10:00"))
    home_first = message("A03", "20261102120000", patient_class="E")
    assert only(outcome(arrived, home_first, message("A01", MOVED))).ae_left_at == utc("2026-11-02T12:00")


def test_a_stay_that_never_was_an_a_and_e_visit_is_not_called_one() -> None:
    arrived = message("A04", ADMITTED, patient_class="E", location="AE")
    never = (
        [arrived, message("A03", MOVED, patient_class="E")],
        [arrived, message("A08", MOVED, patient_class="I")],
        [message("A01", ADMITTED), message("A06", MOVED)],
        [message("A05", ADMITTED, patient_class="E"), message("A01", MOVED)],
        [message("A01", ADMITTED), message("A08", MOVED, patient_class="E")],
    )
    for messages in never:
        stay = only(outcome(*messages))
        assert (stay.ae_arrived_at, stay.ae_left_at) == (None, None)


def test_two_patients_who_swap_beds_both_move() -> None:
    first, second = message("A01", ADMITTED), message("A01", ADMITTED, patient="H200", visit="V2", location="W3^A^1")
    head, pid, pv1 = [line for line in message("A17", MOVED, location="W3^A^1").split(b"\r") if line[:3] != b"PD1"][:3]
    other = message("A17", MOVED, patient="H200", visit="V2", location="W12^B^4").split(b"\r")
    swap = b"\r".join([head, pid, pv1, *message("A17", MOVED, location="W3^A^1").split(b"\r")[4:5], other[2], other[4]])
    found = outcome(first, second, swap + b"\r")
    assert {stay.patient.value: str(stay.moves[-1].location) for stay in found.stays} == {
        "H100": "W3^A^1",
        "H200": "W12^B^4",
    }


@pytest.mark.fault("F6")
@pytest.mark.parametrize("trigger", ["A34", "A39", "A40", "A47"])
def test_a_merged_number_leads_to_the_survivor_before_and_after(trigger: str) -> None:
    old = message("A01", ADMITTED, patient="H1")
    merge = message(trigger, MOVED, patient="H2", merged="H1")
    late = message("A03", LEFT, patient="H1")
    stay = only(outcome(old, merge, late))
    assert (stay.patient, stay.discharged_at) == (bearer("H2"), utc("2026-11-05T15:00"))
    assert only(outcome(old, merge, replace_patient(late, "H2"))) == replace(stay, bearers=only_bearers("H1", "H2"))


def only_bearers(*values: str) -> frozenset[Identifier]:
    return frozenset(bearer(value) for value in values)


def replace_patient(raw: bytes, value: str) -> bytes:
    return raw.replace(b"H1^^^", f"{value}^^^".encode())


@pytest.mark.fault("F6")
def test_chains_lead_to_their_end_and_a_circle_goes_aside() -> None:
    chain = [
        message("A40", MOVED, patient="B", merged="A"),
        message("A40", "20261104090000", patient="C", merged="B"),
    ]
    found = outcome(message("A01", ADMITTED, patient="A"), *chain)
    assert only(found).patient == bearer("C")
    circle = fold(told(events(*chain, message("A40", LEFT, patient="A", merged="C"))))
    assert list(circle.aside.values()) == [JOINED_OTHER_WAY]
    elsewhere = fold(told(events(*chain, message("A40", LEFT, patient="D", merged="A"))))
    assert list(elsewhere.aside.values()) == [JOINED_ELSEWHERE]


@pytest.mark.fault("F6")
def test_parting_two_records_gives_each_its_own_stays_back() -> None:
    one, two = message("A01", ADMITTED, patient="A"), message("A01", ADMITTED, patient="B", visit="V2")
    merge = message("A40", MOVED, patient="B", merged="A")
    parts = message("A37", LEFT, patient="A").split(b"\r")
    parted = b"\r".join([*parts[:3], message("A37", LEFT, patient="B").split(b"\r")[2]]) + b"\r"
    assert {stay.patient.value for stay in outcome(one, two, merge).stays} == {"B"}
    assert {stay.patient.value for stay in outcome(one, two, merge, parted).stays} == {"A", "B"}
    assert list(fold(told(events(one, two, parted))).aside.values()) == [NOT_JOINED]


@pytest.mark.fault("F6")
def test_a_visit_moved_to_another_patient_is_theirs_whole() -> None:
    first = message("A01", ADMITTED, patient="A")
    moved = message("A45", MOVED, patient="B", more=("MRG|A^^^WEXPAS^MR||||V1", "PV1|1|I|||||||||||||||||V1"))
    stay = only(outcome(first, moved, message("A03", LEFT, patient="A")))
    assert (stay.patient, stay.discharged_at) == (bearer("B"), utc("2026-11-05T15:00"))


def account_moved(at: str, *, to: str, away: str) -> bytes:
    return message("A44", at, patient=to, visit="", account="ACC1", more=(f"MRG|{away}^^^WEXPAS^MR||ACC1",))


@pytest.mark.fault("F6")
def test_a_moved_account_takes_its_visits_to_another_patient_under_their_own_numbers() -> None:
    first = message("A01", ADMITTED, patient="A", account="ACC1")
    moved = account_moved(MOVED, to="B", away="A")
    for left in ({"patient": "B"}, {"patient": "A"}, {"patient": "B", "visit": "", "account": "ACC1"}):
        stay = only(outcome(first, moved, message("A03", LEFT, **left)))  # type: ignore[arg-type]
        assert (stay.patient, stay.visit, stay.number) == (bearer("B"), "V1", "V1")
        assert (stay.admitted_at, stay.discharged_at) == (utc("2026-11-02T09:10"), utc("2026-11-05T15:00"))


@pytest.mark.fault("F6")
def test_two_visits_under_one_moved_account_stay_two() -> None:
    first = [message("A01", ADMITTED, patient="A", account="ACC1"), message("A03", LEFT, patient="A")]
    second = message("A01", "20261107090000", patient="A", visit="V2", account="ACC1")
    moved = account_moved("20261108090000", to="B", away="A")
    last = message("A03", "20261109090000", patient="B", visit="", account="ACC1")
    found = {stay.number: (stay.patient, stay.discharged_at) for stay in outcome(*first, second, moved, last).stays}
    assert found == {
        "V1": (bearer("B"), utc("2026-11-05T15:00")),
        "V2": (bearer("B"), utc("2026-11-09T09:00")),
    }


@pytest.mark.fault("F6")
def test_a_visit_without_a_number_goes_with_its_account() -> None:
    first = message("A01", ADMITTED, patient="A", visit="", account="ACC1")
    left = message("A03", LEFT, patient="B", visit="", account="ACC1")
    stay = only(outcome(first, account_moved(MOVED, to="B", away="A"), left))
    assert (stay.patient, stay.visit, stay.discharged_at) == (bearer("B"), "ACC1", utc("2026-11-05T15:00"))


@pytest.mark.fault("F6")
def test_a_visit_or_an_account_moved_by_mistake_can_be_moved_back() -> None:
    first, left = message("A01", ADMITTED, patient="A", account="ACC1"), message("A03", LEFT, patient="B")
    there, back = account_moved(MOVED, to="B", away="A"), account_moved("20261104090000", to="A", away="B")
    assert only(outcome(first, there, back, left)).patient == bearer("A")
    by_number = [
        message("A45", at, patient=to, more=(f"MRG|{away}^^^WEXPAS^MR||||V1", "PV1|1|I|||||||||||||||||V1"))
        for at, to, away in ((MOVED, "B", "A"), ("20261104090000", "A", "B"))
    ]
    assert only(outcome(first, *by_number, left)).patient == bearer("A")


@pytest.mark.fault("F6")
def test_a_visit_that_left_an_account_does_not_go_with_it() -> None:
    first = message("A01", ADMITTED, patient="A", account="ACC1")
    alone = message("A45", MOVED, patient="B", more=("MRG|A^^^WEXPAS^MR||||V1", "PV1|1|I|||||||||||||||||V1"))
    assert only(outcome(first, alone, account_moved("20261104090000", to="C", away="A"))).patient == bearer("B")
    renumbered = message("A50", MOVED, patient="A", visit="V9", more=("MRG|A^^^WEXPAS^MR||||V1",))
    stay = only(outcome(first, renumbered, account_moved("20261104090000", to="C", away="A")))
    assert (stay.patient, stay.number) == (bearer("C"), "V9")


@pytest.mark.fault("F6")
def test_the_strictest_flag_of_two_joined_records_holds_for_both() -> None:
    open_one = message("A01", ADMITTED, patient="A", restricted="N")
    strict = message("A01", ADMITTED, patient="B", visit="V2", restricted="Y")
    found = outcome(open_one, strict, message("A40", MOVED, patient="A", merged="B"))
    assert [patient.facts.restricted for patient in found.patients] == [True, True]


@pytest.mark.fault("F10")
def test_another_person_under_the_same_number_goes_aside_until_somebody_says_it_is_them() -> None:
    other = message("A08", MOVED, family="OBI", given="GRACE", born="19710101")
    everything = events(message("A01", ADMITTED), other)
    found = fold(told(everything))
    assert list(found.aside.values()) == [NOT_THIS_PATIENT]
    assert found.patients[0].facts.family_name == "EVERYMAN"
    confirmed = [replace(each, confirmed=True) for each in told(everything)]
    assert fold(confirmed).patients[0].facts.family_name == "OBI"


def test_a_death_is_known_from_the_record_or_from_the_discharge_and_can_be_put_right() -> None:
    gone = message("A03", LEFT, method="4")
    assert outcome(message("A01", ADMITTED), gone).patients[0].facts.died
    assert not outcome(message("A01", ADMITTED), gone, message("A13", "20261106090000")).patients[0].facts.died


def test_made_up_patients_of_a_live_system_are_known_by_their_names() -> None:
    assert outcome(message("A01", family="XXTESTPATIENT-TDKG")).patients[0].test
    assert not outcome(message("A01", family="TESTER")).patients[0].test


@pytest.mark.fault("F12")
def test_an_end_before_its_start_in_the_repeated_hour_was_in_its_second_pass() -> None:
    stay = only(
        outcome(message("A01", "20261025015000"), message("A03", "20261025011000", discharged="20261025011000"))
    )
    assert (stay.admitted_at, stay.discharged_at) == (utc("2026-10-25T00:50"), utc("2026-10-25T01:10"))


def test_messages_without_a_visit_number_are_about_the_stay_that_was_open() -> None:
    first = [message("A01", ADMITTED, visit=""), message("A03", LEFT, visit="")]
    second = [message("A01", "20261120090000", visit=""), message("A02", "20261121090000", visit="", location="W1")]
    stays = outcome(*first, *second).stays
    assert [(stay.admitted_at, stay.discharged_at) for stay in stays] == [
        (utc("2026-11-02T09:10"), utc("2026-11-05T15:00")),
        (utc("2026-11-20T09:00"), None),
    ]
    assert outcome(message("A01", ADMITTED), message("A03", LEFT, visit="")).stays[0].discharged_at is not None
