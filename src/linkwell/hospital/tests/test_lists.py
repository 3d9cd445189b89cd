"""If these fail, a list the hospital gave is read as something it does not say."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from linkwell.hospital.pipeline import fold
from linkwell.hospital.pipeline.lists import changes, counted
from linkwell.hospital.tests.histories import told
from linkwell.interop.hospital_events import Identifier
from linkwell.interop.hospital_lists import READY_LIST, WARD_LIST, ListLine, ListReading, read_list
from linkwell.kernel.errors import Invalid

HEAD = "Hospital number,NHS number,Surname,Forename,DOB,Ward,Bay,Bed,Admitted,EDD"
ROW = "H1,943 476 5919,Everyman,Adam,12/04/1958,W12,B,4,02/11/2026 09:10,06/11/2026"
MONDAY = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def read(*lines: str, encoding: str = "utf-8") -> ListReading:
    return read_list(io.BytesIO("\r\n".join(lines).encode(encoding)))


def by_key(reading: ListReading) -> dict[str, ListLine]:
    return {line.key: line for line in reading.lines}


def name(line: ListLine) -> Identifier:
    return Identifier("WEXPAS", line.hospital_number)


@pytest.mark.fault("F24")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_ward_list_is_read_in_any_encoding(encoding: str) -> None:
    reading = read(HEAD, ROW.replace("Adam", "Zoë"), encoding=encoding)
    (line,) = reading.lines
    assert (reading.kind, reading.read, line.given_name, line.ward) == (WARD_LIST, 1, "Zoë", "W12")
    assert (line.born_on, line.nhs_number) == ("1958-04-12", "9434765919")
    assert line.admitted_at == "2026-11-02T09:10:00+00:00"


@pytest.mark.fault("F24")
def test_every_row_is_loaded_or_refused_with_its_reason() -> None:
    reading = read(
        HEAD,
        ROW,
        ROW.replace("12/04/1958", "04/13/1958").replace("H1,", "H2,"),
        "H3,9.43E+09,Obi,Grace,01/01/1971,W12",
        ",9.43E+09,Obi,Grace,01/01/1971,W12",
        ROW,
        "H4,,,,,W12,B,5,,,,,,left over",
        "",
    )
    assert reading.read == 6
    assert [line.hospital_number for line in reading.lines] == ["H1", "H3"]
    assert [each.where for each in reading.rejected] == ["row 3", "row 5", "row 6", "row 7"]
    assert "31/01/2026" in reading.rejected[0].message
    assert "spreadsheet has rounded" in reading.findings[0].message


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    "heads", ["Name,Age", "Hospital number,Name", "Hospital number,Ward,Ward", "MRN,Hospital No,Ward"]
)
def test_headings_that_leave_doubt_are_refused(heads: str) -> None:
    with pytest.raises(Invalid):
        read(heads, "1,2,3")


def test_what_changed_between_two_lists_is_what_happened() -> None:
    first = by_key(read(HEAD, ROW))
    second = by_key(read(HEAD, ROW.replace("W12,B,4", "W3,A,1"), "H2,,Obi,Grace,01/01/1971,W12,,,,"))
    later = MONDAY + dt.timedelta(hours=4)
    came = changes(WARD_LIST, {}, first, MONDAY, name, gone=True)
    moved = changes(WARD_LIST, first, second, later, name, gone=True)
    left = changes(WARD_LIST, second, {}, later + dt.timedelta(hours=4), name, gone=True)
    assert [counted(each) for each in (came, moved, left)] == [
        {"admitted": 1, "moved": 1},
        {"moved": 2},
        {"gone": 2},
    ]
    assert changes(WARD_LIST, second, second, later, name, gone=True) == []
    stays = {each.patient.value: each for each in fold(told([x.event for x in came + moved + left])).stays}
    assert [str(each.location) for each in stays["H1"].moves] == ["W12^B^4", "W3^A^1"]
    assert stays["H1"].admitted_at == dt.datetime(2026, 11, 2, 9, 10, tzinfo=dt.UTC)
    assert stays["H1"].left_list
    assert stays["H2"].admitted_at is None


def test_nobody_is_gone_from_a_list_that_could_not_be_read_whole() -> None:
    before = by_key(read(HEAD, ROW))
    assert changes(WARD_LIST, before, {}, MONDAY, name, gone=False) == []


def test_every_time_somebody_was_ready_and_not_ready_is_kept() -> None:
    heads, row = "MRN,Ward,Discharge ready date,Reason,Pathway", "H1,W12,{},{},{}"
    ward = changes(WARD_LIST, {}, by_key(read(HEAD, ROW)), MONDAY, name, gone=True)
    before: dict[str, ListLine] = {}
    events = [each.event for each in ward]
    days = ("03/11/2026", "04/11/2026", "", "07/11/2026", "")
    for number, day in enumerate(days, start=1):
        now = by_key(read(heads, row.format(day, "transport; equipment", "P1"))) if day else {}
        at = MONDAY + dt.timedelta(days=2 * number)
        events += [each.event for each in changes(READY_LIST, before, now, at, name, gone=True)]
        before = now
    left = changes(WARD_LIST, by_key(read(HEAD, ROW)), {}, MONDAY + dt.timedelta(days=10, hours=1), name, gone=True)
    (stay,) = fold(told(events + [each.event for each in left])).stays
    days_ready = [(each.ready_at.day, each.not_ready_at and each.not_ready_at.day) for each in stay.ready]
    assert days_ready == [(4, 7), (7, None)]
    assert stay.ready[0].reasons == ("transport", "equipment")
