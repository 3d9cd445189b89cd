"""If these fail, the hospital's messages do not add up to who is where."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linkwell.accounts.models import Organisation
from linkwell.core.database import scoped
from linkwell.core.permissions import Role
from linkwell.core.scope import Scope, system_scope
from linkwell.hospital import actions, queries
from linkwell.hospital.actions.looking_after import TOO_LONG, raise_alarm, set_done, try_again
from linkwell.hospital.cli.adt import stay_json
from linkwell.hospital.models import Inbound, Patient, Stay
from linkwell.hospital.queries.attention import conservation, needs_attention
from linkwell.hospital.replaying import Replayed, replay
from linkwell.hospital.tests.sending import message, write
from linkwell.interop.hl7v2.mllp import framed
from linkwell.kernel.errors import NotFound
from tests.place import Place, make_member, sign_in

ADMITTED, MOVED, LEFT = "20261102091000", "20261103100000", "20261105150000"


@pytest.fixture
def hospital(place: Place) -> Scope:
    trust = Organisation.objects.create(code="RWX01", name="Wexcombe General", kind="trust")
    return system_scope(trust.pk, "test")


def took(scope: Scope, folder: Path, *messages: bytes) -> Replayed:
    """The messages taken in; each is afterwards in exactly one place."""
    result = replay(scope, [write(folder, *messages)])
    now = conservation(scope)
    assert now.received == now.done + now.attention + now.waiting
    assert now.waiting == 0
    return result


def test_a_stay_is_told_from_admission_to_discharge(hospital: Scope, tmp_path: Path) -> None:
    messages = [
        message("A01", ADMITTED, expected="20261106"),
        message("A02", MOVED, location="W3^C^1"),
        message("A03", LEFT, location="W3^C^1"),
    ]
    result = took(hospital, tmp_path, *messages)
    assert result.as_json() == {"accepted": 3, "processed": 3, "parked": [], "rejected": []}
    (row,) = queries.all_stays(hospital, "9434765919")
    assert stay_json(row) == {
        "patient": {"hospital_number": "H100", "nhs_number": "9434765919", "merged_from": []},
        "visit_number": "V1",
        "class": "inpatient",
        "admitted_at": "2026-11-02T09:10:00Z",
        "discharged_at": "2026-11-05T15:00:00Z",
        "expected_discharge_at": "2026-11-06T00:00:00Z",
        "moves": [
            {"location": "W12^B^4", "from": "2026-11-02T09:10:00Z", "to": "2026-11-03T10:00:00Z"},
            {"location": "W3^C^1", "from": "2026-11-03T10:00:00Z", "to": "2026-11-05T15:00:00Z"},
        ],
    }


@pytest.mark.fault("F4")
@pytest.mark.fault("F5")
def test_batches_in_the_wrong_order_come_to_the_same_stays(hospital: Scope, tmp_path: Path) -> None:
    admitted, moved, left = message("A01", ADMITTED), message("A02", MOVED, location="W3"), message("A03", LEFT)
    for each in (left, moved, admitted, left, moved):
        assert took(hospital, tmp_path, each).processed == 1
    (row,) = queries.all_stays(hospital)
    assert (row.admitted_at, row.discharged_at) == (
        dt.datetime(2026, 11, 2, 9, 10, tzinfo=dt.UTC),
        dt.datetime(2026, 11, 5, 15, tzinfo=dt.UTC),
    )
    assert [location for location, _, _ in row.moves] == ["W12^B^4", "W3"]
    with scoped(hospital):
        assert Inbound.objects.count() == 3


@pytest.mark.fault("F4")
@pytest.mark.fault("F37")
def test_another_message_under_a_used_number_is_an_error_and_is_kept_for_somebody_to_see(
    hospital: Scope, tmp_path: Path
) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED, control_id="M1"))
    for _ in range(2):
        result = took(hospital, tmp_path, message("A03", LEFT, control_id="M1"))
        assert [(each["code"], each["field"]) for each in result.rejected] == [("AE", "MSH-10")]
    assert [row.clash for row in needs_attention(hospital)] == [True]
    assert queries.all_stays(hospital)[0].discharged_at is None


@pytest.mark.fault("F37")
@pytest.mark.fault("F9")
@pytest.mark.fault("F34")
def test_what_cannot_be_worked_out_is_parked_with_its_field_and_stops_nobody(hospital: Scope, tmp_path: Path) -> None:
    no_time = message("A01", "soon", sent=ADMITTED, control_id="M1")
    nobody = message("A01", ADMITTED, patient="", nhs="", control_id="M2")
    fine = message("A01", ADMITTED, control_id="M3")
    result = took(hospital, tmp_path, no_time, nobody, fine)
    assert [(each["control_id"], each["field"]) for each in result.parked] == [("M1", "EVN-2"), ("M2", "PID-3")]
    assert (result.accepted, result.processed) == (3, 1)
    first, second = needs_attention(hospital)
    set_done(scope=hospital, inbound_id=first.id, reason="Sent again by hand")
    try_again(scope=hospital, inbound_id=second.id)
    actions.process_all(hospital)
    assert [row.id for row in needs_attention(hospital)] == [second.id]
    assert not raise_alarm(scope=hospital)
    with scoped(hospital):
        Inbound.objects.filter(pk=second.id).update(received_at=dt.datetime.now(dt.UTC) - 2 * TOO_LONG)
    assert raise_alarm(scope=hospital)


@pytest.mark.fault("F6")
def test_a_merge_after_the_stay_keeps_the_stay_and_its_row(hospital: Scope, tmp_path: Path) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED, patient="H1"))
    with scoped(hospital):
        before = Stay.objects.get()
    took(hospital, tmp_path, message("A40", MOVED, patient="H2", merged="H1"), message("A03", LEFT, patient="H1"))
    (row,) = queries.all_stays(hospital, "H1")
    assert (row.id, row.patient.hospital_number, row.patient.merged_from) == (before.pk, "H2", ("H1",))
    assert row.discharged_at is not None
    found, stays = queries.patient(hospital, before.patient_id)
    assert (found.hospital_number, len(stays)) == ("H2", 1)


@pytest.mark.fault("F6")
def test_an_account_moved_to_another_patient_takes_the_stay_with_its_row_and_its_number(
    hospital: Scope, tmp_path: Path
) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED, patient="H1", account="ACC1"))
    with scoped(hospital):
        before = Stay.objects.get().pk
    moved = message("A44", MOVED, patient="H2", visit="", account="ACC1", more=("MRG|H1^^^WEXPAS^MR||ACC1",))
    took(hospital, tmp_path, moved)
    took(hospital, tmp_path, message("A03", LEFT, patient="H2"))
    (row,) = queries.all_stays(hospital)
    assert (row.id, row.patient.hospital_number, row.visit_number) == (before, "H2", "V1")
    assert row.discharged_at is not None


def test_a_deleted_record_of_a_person_is_kept_and_takes_nothing_away(hospital: Scope, tmp_path: Path) -> None:
    deleted = message("A29", MOVED, family="NOBODY", control_id="M1")
    stranger = message("A29", MOVED, patient="H9", nhs="")
    assert took(hospital, tmp_path, message("A01", ADMITTED), deleted, stranger).processed == 3
    (row,) = queries.stays_now(hospital)
    assert (row.patient.hospital_number, row.patient.family_name) == ("H100", "EVERYMAN")
    assert list(needs_attention(hospital)) == []
    with scoped(hospital):
        assert Inbound.objects.get(control_id="M1").state == "done"
        assert Patient.objects.count() == 1


@pytest.mark.fault("F7")
def test_a_cancelled_admission_leaves_no_stay_and_comes_back_with_its_row(hospital: Scope, tmp_path: Path) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED))
    with scoped(hospital):
        before = Stay.objects.get().pk
    took(hospital, tmp_path, message("A11", MOVED))
    assert queries.all_stays(hospital) == ()
    took(hospital, tmp_path, message("A01", LEFT))
    assert [row.id for row in queries.all_stays(hospital)] == [before]


@pytest.mark.fault("F10")
def test_an_nhs_number_alone_names_nobody_and_one_of_two_people_is_used_for_neither(
    hospital: Scope, tmp_path: Path
) -> None:
    other = {"family": "OBI", "given": "GRACE", "born": "19710101"}
    took(hospital, tmp_path, message("A01", ADMITTED, patient="H1"))
    stranger = message("A04", MOVED, patient="", visit="E1", family="OBI", given="GRACE", born="19710101")
    assert [each["field"] for each in took(hospital, tmp_path, stranger).parked] == ["PID-3"]
    same = message("A04", MOVED, patient="", visit="E2", family="EVERYMAN", given="A")
    assert took(hospital, tmp_path, same).processed == 1
    assert {row.patient.hospital_number for row in queries.all_stays(hospital)} == {"H1"}
    took(hospital, tmp_path, message("A01", LEFT, patient="H2", visit="V9", **other))  # type: ignore[arg-type]
    assert {row.patient.nhs_number for row in queries.all_stays(hospital)} == {""}
    with scoped(hospital):
        assert set(Patient.objects.values_list("number_status", flat=True)) == {"disputed"}


@pytest.mark.fault("F11")
@pytest.mark.fault("F17")
def test_nobody_made_up_restricted_or_dead_is_on_the_shared_list(hospital: Scope, tmp_path: Path) -> None:
    took(
        hospital,
        tmp_path,
        message("A01", ADMITTED, patient="H1", nhs=""),
        message("A01", ADMITTED, patient="H2", visit="V2", nhs="", restricted="Y"),
        message("A01", ADMITTED, patient="H3", visit="V3", nhs="", family="ZZTEST"),
        message("A01", ADMITTED, patient="H4", visit="V4", nhs="", processing="T"),
        message("A03", ADMITTED, patient="H5", visit="V5", nhs="", method="4"),
    )
    assert [row.patient.hospital_number for row in queries.stays_now(hospital, "W12")] == ["H1"]
    with scoped(hospital):
        assert not Patient.objects.filter(identifiers__value="H4").exists()
        assert Patient.objects.get(identifiers__value="H5").died


@pytest.mark.fault("F14")
def test_another_organisation_sees_nothing_of_it(place: Place, hospital: Scope, tmp_path: Path) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED))
    elsewhere = system_scope(place.practice_id, "test")
    assert (queries.all_stays(elsewhere), queries.freshness(elsewhere)) == ((), ())
    with pytest.raises(NotFound):
        queries.patient(elsewhere, queries.all_stays(hospital)[0].patient.id)


def test_files_may_be_framed_and_folders(hospital: Scope, tmp_path: Path) -> None:
    (tmp_path / "one.hl7").write_bytes(framed(message("A01", ADMITTED)) + framed(message("A03", LEFT)))
    (tmp_path / "two.txt").write_bytes(b"\xef\xbb\xbf" + message("A01", ADMITTED, patient="H2").replace(b"\r", b"\n"))
    assert replay(hospital, [tmp_path]).as_json()["accepted"] == 3


def test_a_list_and_messages_tell_of_one_stay(hospital: Scope, tmp_path: Path) -> None:
    took(hospital, tmp_path, message("A01", ADMITTED))
    heads = "Hospital number,Ward,Bay,Bed,Ready date,Reason,Pathway"
    ward = "Hospital number,Ward,Bay,Bed\nH100,W7,A,2\nH200,W7,A,3\n"
    result = actions.load_list(
        scope=hospital,
        file=io.BytesIO(ward.encode()),
        file_name="ward.csv",
        as_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
    )
    assert (result.read, result.loaded, result.events) == (2, 2, {"moved": 2})
    ready = f"{heads}\nH100,W7,A,2,04/11/2026,Transport,P1\n"
    at = dt.datetime(2026, 11, 4, 12, tzinfo=dt.UTC)
    actions.load_list(scope=hospital, file=io.BytesIO(ready.encode()), file_name="ready.csv", as_at=at)
    actions.process_all(hospital)
    now = {row.patient.hospital_number: row for row in queries.stays_now(hospital)}
    assert [location for location, _, _ in now["H100"].moves] == ["W12^B^4", "W7^A^2"]
    assert (now["H100"].ready_at, now["H100"].ready[0].pathway) == (dt.datetime(2026, 11, 4, tzinfo=dt.UTC), "P1")
    assert now["H200"].patient.authority == "WEXPAS"
    again = actions.load_list(scope=hospital, file=io.BytesIO(ready.encode()), file_name="ready.csv", as_at=at)
    assert again.events == {}


def test_a_list_that_halves_is_held_until_somebody_says_it_is_right(hospital: Scope) -> None:
    def load(number: int, *, sure: bool = False) -> actions.ListResult:
        rows = "".join(f"H{each},W1\n" for each in range(number))
        file = io.BytesIO(f"MRN,Ward\n{rows}".encode())
        return actions.load_list(scope=hospital, file=file, file_name="w.csv", accept_smaller=sure)

    assert load(20).events == {"moved": 20}
    assert (load(9).held != "", load(9).events) == (True, {})
    assert load(9, sure=True).events == {"gone": 11}


def test_an_administrator_loads_a_list_and_decides_about_what_needs_attention(hospital: Scope, tmp_path: Path) -> None:
    browser = sign_in(make_member("Ivy Feed", Role.ADMINISTRATOR, hospital.organisation_id))
    took(hospital, tmp_path, message("A01", "soon", sent=ADMITTED))
    page = browser.get("/hospital/feeds/")
    assert "EVN-2" in page.content.decode()
    (row,) = needs_attention(hospital)
    upload = SimpleUploadedFile("ward.csv", b"MRN,Ward\nH1,W1\n")
    assert browser.post("/hospital/feeds/", {"file": upload}).status_code == 302
    for bad in (b"nothing", b"Name,Age\nA,3\n"):
        assert browser.post("/hospital/feeds/", {"file": SimpleUploadedFile("x.csv", bad)}).status_code == 422
    assert browser.get(f"/hospital/feeds/{row.id}/").status_code == 200
    assert browser.post(f"/hospital/feeds/{row.id}/", {"reason": ""}).status_code == 422
    assert browser.post(f"/hospital/feeds/{row.id}/", {"reason": "Sent again"}).status_code == 302
    assert browser.post(f"/hospital/feeds/{uuid4()}/again/").status_code == 404
