"""If these fail, a list the hospital gave is read as something it does not say."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from linkwell.hospital.pipeline import fold
from linkwell.hospital.pipeline.lists import changes, counted, ready_since
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
        ROW.replace("W12", "W" * 101).replace("H1,", "H2,"),
        "H3,9.43E+09,Obi,Grace,01/01/1971,W12",
        ",9.43E+09,Obi,Grace,01/01/1971,W12",
        ROW.replace("W12,B,4", "W3,A,1"),
        "H4,,,,,W12,B,5,,,,,,left over",
        "",
    )
    assert reading.read == 6
    assert [line.hospital_number for line in reading.lines] == ["H1", "H3"]
    assert [each.where for each in reading.rejected] == ["row 3", "row 5", "row 6", "row 7"]
    assert "longer than 100" in reading.rejected[0].message
    assert "in another place" in reading.rejected[2].message
    assert "spreadsheet has rounded" in reading.findings[0].message


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    "written",
    [
        *("03/11/2026 10:30", "03.11.2026 10:30", "03-11-2026 10:30", "03-Nov-2026 10:30", "3 November 2026 10:30:59"),
        *("2026-11-03 10:30:00.000", "2026-11-03T10:30:00Z", "2026-11-03T11:30:00+01:00", "20261103 10:30"),
        "20261103103000",
    ],
)
def test_a_date_is_read_however_hospitals_write_it(written: str) -> None:
    (line,) = read(HEAD, ROW.replace("02/11/2026 09:10", written)).lines
    assert line.admitted_at == "2026-11-03T10:30:00+00:00"


def test_a_time_with_its_offset_is_told_by_the_clock_on_a_uk_wall() -> None:
    born = ("1958-07-11T23:30:00Z", "12-07-1958", "19580712", "12-Jul-1958")
    assert {read(HEAD, ROW.replace("12/04/1958", each)).lines[0].born_on for each in born} == {"1958-07-12"}


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    "written", ["Unknown", "31/02/2026", "04/13/1958", "99/99/9999", "0001-01-01", "2026-11-03 25:00"]
)
def test_a_date_nobody_can_read_leaves_the_patient_on_the_list(written: str) -> None:
    row = f"H1,,Everyman,Adam,{written},W12,B,4,{written},{written}"
    reading = read(HEAD, row)
    (line,) = reading.lines
    assert (line.born_on, line.admitted_at, line.expected_at, line.ward) == ("", "", "", "W12")
    assert [each.where for each in reading.findings] == ["row 2"] * 3
    assert "31/01/2026" in reading.findings[0].message
    assert reading.read == reading.loaded == 1


def stray(cells: dict[int, str], count: int = 9) -> list[str]:
    """A list of so many patients, of whom some have another surname."""
    return [
        HEAD,
        *(f"H{n},,{cells.get(n, 'Obi')},Grace,01/01/1971,W12,B,4,02/11/2026,Plan" for n in range(1, count + 1)),
    ]


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("cells", "line"),
    [({3: '"Obi', 6: '"Zed, Zoe"'}, 4), ({3: '"Obi', 6: 'Obi"'}, 4), ({3: '"Obi'}, 4), ({9: '"Obi'}, 10),
     ({2: '"O\nbi"', 3: '"Obi', 6: 'Zed" x'}, 5), ({3: '"Obi', 4: '"'}, 4)],
)  # fmt: skip
def test_a_stray_quotation_mark_lets_nobody_look_as_though_they_had_left(cells: dict[int, str], line: int) -> None:
    with pytest.raises(Invalid, match=f"Line {line} opens a quotation mark that is not closed on it"):
        read(*stray(cells))


def test_a_note_of_several_lines_is_no_reason_to_refuse_a_list() -> None:
    """Lose this, and the list of a ward that writes notes is never loaded."""
    notes = {1: '"Obi,\nor Obi, Grace"', 2: 'O"bi', 3: '"O""bi\n\n"', 4: '"Obi"'}
    reading = read(*stray(notes), '"H10",,"A\nB",Adam', '"H11",,"A\nB",Adam,,W1,,,,,,,')
    assert (reading.read, reading.loaded) == (11, 11)


READY = "MRN,Surname,Ward,Bed,Discharge ready date,Reason,Pathway"


def test_a_row_for_each_reason_is_one_patient_with_all_their_reasons() -> None:
    reading = read(
        READY,
        "H1,Everyman,W12,4,02/11/2026,Transport,",
        "H2,Obi,W12,,,Equipment,",
        "H1,Everyman,W12,5,02/11/2026 08:00,Equipment;transport,P1",
        '"H1",,,,,"No plan\nMedicines",',
        "H1,Everyman,W12,4,03/11/2026,Housing,P1",
        "H1,Somebody Else,W12,4,02/11/2026,Housing,P1",
    )
    first, second = reading.lines
    assert first.reasons == ("Transport", "Equipment", "No plan", "Medicines")
    assert (first.ready_at[:10], first.pathway, first.bed, second.reasons) == ("2026-11-02", "P1", "4", ("Equipment",))
    assert [each.where for each in reading.rejected] == ["row 6", "row 7"]
    assert "another day" in reading.rejected[0].message
    assert "another name" in reading.rejected[1].message
    assert (reading.read, reading.loaded, reading.merged) == (6, 4, 2)


@pytest.mark.parametrize(
    ("row", "whole", "unread"),
    [
        # Somebody whose number says who they are, an empty bed, and three who may be anybody.
        (f"H2,,Obi,Grace,,{'W' * 101},,,,", True, {"H2"}),
        (",,,,,W12,B,5,,", True, set()),
        (",,Obi,Grace,,W12,B,5,,", False, set()),
        (",943 476 5918,,,,W12,B,5,,", False, set()),
        ("1.23E+05,,Obi,Grace,,W12,B,5,,", False, set()),
    ],
)
def test_who_left_is_known_unless_a_row_may_be_about_anybody(row: str, whole: bool, unread: set[str]) -> None:
    before = {each.key: each for each in read(HEAD, ROW, "H2,,Obi,Grace,,W12,,,,", "H3,,Zed,Zoe,,W12,,,,").lines}
    reading = read(HEAD, ROW, row)
    assert (reading.read, reading.loaded, len(reading.rejected)) == (2, 1, 1)
    assert (reading.whole, {*reading.unread}) == (whole, unread)
    found = changes(WARD_LIST, before, by_key(reading), MONDAY, name, gone=reading.whole, unread=reading.unread)
    assert {each.event.subject.value for each in found} == ({"H2", "H3"} - unread if whole else set())


def test_nothing_that_has_happened_is_later_than_the_list_that_says_it() -> None:
    heads, later = "MRN,DOB,Ward,Admitted,EDD,Ready date", "05/11/2026"
    file = io.BytesIO(f"{heads}\nH1,{later},W12,{later},{later},{later}\n".encode())
    reading = read_list(file, MONDAY)
    (line,) = reading.lines
    assert (line.born_on, line.admitted_at, line.ready_at) == ("", "", "")
    assert line.expected_at
    assert [each.message.split(",")[0] for each in reading.findings] == [f"{later} is later than the list itself"] * 3


def test_somebody_who_is_off_the_ready_list_is_no_longer_ready_whatever_date_it_gave() -> None:
    def listed(day: str, at: dt.datetime) -> dict[str, ListLine]:
        return by_key(read_list(io.BytesIO(f"{READY}\nH1,Everyman,W12,4,{day},Transport,P1\n".encode()), at))

    day = dt.timedelta(days=1)
    first, second = listed("02/11/2026 10:00", MONDAY), listed("20/11/2026", MONDAY + day)
    second = ready_since(first, second, MONDAY + day)
    events = changes(READY_LIST, {}, first, MONDAY, name, gone=True)
    events += changes(READY_LIST, first, second, MONDAY + day, name, gone=True)
    events += changes(READY_LIST, second, {}, MONDAY + 2 * day, name, gone=True)
    ward = changes(WARD_LIST, {}, by_key(read(HEAD, ROW)), MONDAY, name, gone=True)
    (stay,) = fold(told([each.event for each in ward + events])).stays
    (period,) = stay.ready
    assert (period.ready_at, period.not_ready_at) == (MONDAY - dt.timedelta(hours=2), MONDAY + 2 * day)


def test_a_date_left_out_or_another_reason_does_not_begin_the_wait_anew() -> None:
    def listed(day: str, reasons: str) -> dict[str, ListLine]:
        return by_key(read(READY, f"H1,Everyman,W12,4,{day},{reasons},P1"))

    days = [MONDAY + dt.timedelta(days=each) for each in range(4)]
    lists = [listed("", "a"), listed("", "b;a"), listed("01/11/2026", "a;b"), listed("", "b")]
    before: dict[str, ListLine] = {}
    since = []
    for at, each in zip(days, lists, strict=True):
        now = ready_since(before, each, at)
        since.append([change.event.at for change in changes(READY_LIST, before, now, at, name, gone=True)])
        before = now
    first = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert since == [[MONDAY], [MONDAY], [first], [first]]
    assert changes(READY_LIST, listed("", "a;b"), listed("", "b;a"), MONDAY, name, gone=True) == []


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
