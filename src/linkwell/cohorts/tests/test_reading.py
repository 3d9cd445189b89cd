"""If these fail, rows of a trust's files are lost, changed or believed that should not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkwell.cohorts import duck, rules
from linkwell.cohorts import settings as rule_settings
from linkwell.cohorts.columns import TABLES
from linkwell.cohorts.reading import Reading, read
from linkwell.kernel.errors import Invalid


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duck.opened() as ready:
        yield ready


at = dt.datetime.fromisoformat
HEAD = "attendance_id,person_id,arrived_at,category,diagnoses\n"


def taken(con: duckdb.DuckDBPyConnection, folder: Path, text: str | bytes, table: str = "attendances") -> Reading:
    file = folder / "given.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(con, [file], TABLES[table], folder / "out.parquet")


def rows(reading: Reading, columns: str) -> list[tuple[object, ...]]:
    return duckdb.execute(f"select {columns} from ({reading.rows}) order by 1").fetchall()


@pytest.mark.fault("F24")
def test_every_row_is_loaded_or_rejected_with_its_line_and_reason(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    reading = taken(
        con, tmp_path,
        HEAD + "A1,P1,2026-01-02 10:11,1,ICD10:J44.9;ICD10:F329\nA2,9.43E+09,2026-01-02,1,\nA3,P3,31/31/2026,1,\n"
        "A4,P4\nA5,P5,02/01/2026 09:00,01,-\nA5,P5,2026-07-01T10:00:00Z,4,\nA6,,2026-01-02,1,\nA7,P7,1800-01-01,1,\n",
    )  # fmt: skip
    assert (reading.rows_in, reading.loaded, reading.rejected) == (8, 2, 6)
    assert [(finding.where.split()[-1], finding.message) for finding in reading.findings] == [
        ("3", "This row has a number a spreadsheet rounded in person_id."),
        ("4", "This row has no date we can read in arrived_at."),
        ("5", "This row has fewer cells than the heading row."),
        ("6", "This row is given again further on, and the later row was kept."),
        ("8", "This row has no person_id."),
        ("9", "This row has no arrived_at."),
    ]
    assert rows(reading, "attendance_id, arrived_at, category, icd10") == [
        ("A1", at("2026-01-02T10:11"), "1", ["F329", "J449"]),
        # A time that says its zone is told by the clock on a UK wall.
        ("A5", at("2026-07-01T11:00"), "4", None),
    ]


@pytest.mark.fault("F24")
def test_a_line_is_told_as_an_editor_counts_it(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Lose this, and whoever mends a file looks at rows that have nothing wrong with them."""
    given = (
        'attendance_id,person_id,arrived_at,category\n\n1,P1,never,1\n2,"a\nb",2026-01-02,1\n3,P3\n\n\n'
        '4,P4,never,1\n5,"a\r\nb"\n6,P6,2026-01-02,7\n7,P7\n8,,2026-01-02,1\n\n'
    )
    reading = taken(con, tmp_path, given)
    assert (reading.rows_in, reading.loaded, reading.rejected) == (8, 2, 6)
    lines = [finding.where.partition("line ")[2] for finding in reading.findings[:6]]
    assert lines == [str(given[: given.index(f"\n{number},")].count("\n") + 2) for number in (1, 3, 4, 5, 7, 8)]
    assert "Line 12 of given.csv" in reading.findings[6].message


CELL = st.one_of(
    st.sampled_from(
        ["", "A1", "P1", "2026-01-02", "1800-01-01", '"', '"x,y"', "-", "ICD10:J44", "31/02/2026", ";", "é"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=6),
)


@pytest.mark.fault("F24")
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=12))
def test_nothing_a_file_holds_is_lost_in_silence(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, cells: list[list[str]]
) -> None:
    try:
        reading = taken(con, tmp_path, HEAD + "".join(",".join(row) + "\n" for row in cells))
    except Invalid:
        return
    assert reading.rows_in == reading.loaded + reading.rejected == reading.written + reading.rejected
    assert sum(reading.reasons.values()) == reading.rejected


def spoilt(cells: dict[int, str], count: int = 2_000) -> str:
    """Visits, of which some have another last cell."""
    visits = (f"{number},P{number},2026-01-01,{cells.get(number, '1')}\n" for number in range(1, count + 1))
    return "attendance_id,person_id,arrived_at,category\n" + "".join(visits)


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("cells", "line"),
    [({50: '"1', 900: '1"'}, 51), ({50: '"1'}, 51), ({50: '"1', 51: '1"'}, 51), ({50: ' "1', 60: '1"'}, 51),
     ({2: '"a\nb"', 50: '"1', 60: '1" x'}, 52), ({1: '"1', 1_900: '1" x', 1_950: '"1'}, 2),
     ({50: '"' + "a\n" * 21 + '"'}, 51)],
)  # fmt: skip
def test_a_quotation_mark_that_does_not_close_takes_no_visits_with_it(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, cells: dict[int, str], line: int
) -> None:
    with pytest.raises(Invalid, match=f"Line {line} opens a quotation mark that is not closed on it"):
        taken(con, tmp_path, spoilt(cells))
    assert not (tmp_path / "out.parquet").exists()


def test_a_line_break_or_a_mark_within_a_cell_costs_no_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    cells = {2: '"damp, cold,\r\nmouldy, and a 5"" crack,"', 3: '"a\n\nb"', 4: '5" nail', 5: "1\n", 2_000: '"1'}
    reading = taken(con, tmp_path, spoilt(cells))
    assert (reading.rows_in, reading.loaded, reading.rejected) == (2_000, 1_999, 1)


HES = (
    "PSEUDO_HESID,EPIKEY,EPIORDER,PROCODE3,ADMIDATE,DISDATE,ADMIMETH,CLASSPAT,DISDEST,DIAG_4_01,DIAG_4_02\n"
    "H1,1,1,RX1,2001-09-27,1800-01-01,21,1,98,R54X,J44.9\n"
    "H1,2,2,RX1,2001-09-27,2001-10-02,21,1,19,-,F321\n"
    "H2,3,1,RX1,1801-01-01,2001-10-02,21,1,19,,\n"
)


def test_hes_episodes_become_stays_and_each_episode_is_accounted_for(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    reading = taken(con, tmp_path, HES, "spells")
    assert (reading.rows_in, reading.loaded, reading.rejected, reading.written) == (3, 2, 1, 1)
    assert rows(reading, "person_id, discharged_at, discharge_destination, icd10") == [
        ("H1", at("2001-10-02"), "19", ["F321", "J449", "R54"])
    ]


@pytest.mark.fault("F24")
def test_two_trusts_that_number_alike_do_not_make_one_stay_of_two_people(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    reading = taken(
        con, tmp_path,
        "EPIKEY,PROVSPNOPS,PSEUDO_HESID,PROCODE3,ADMIDATE,DISDATE,EPIORDER,DIAG_01\n"
        "1,100,ALICE,RAA,2026-01-01,2026-01-05,1,F200\n2,100,BOB,RBB,2026-03-01,2026-03-09,1,J449\n"
        "3,100,ALICE,RCC,2026-05-01,2026-05-02,1,I10\n4,100,ALICE,RAA,2026-01-01,2026-01-06,2,E119\n"
        "5,200,ALICE,RAA,2026-06-01,2026-06-02,1,I10\n",
        "spells",
    )  # fmt: skip
    assert (reading.rows_in, reading.loaded, reading.rejected, reading.written) == (5, 5, 0, 4)
    assert rows(reading, "spell_id, person_id, discharged_at, icd10") == [
        ("100-RAA-ALICE", "ALICE", at("2026-01-06"), ["E119", "F200"]),
        ("100-RBB-BOB", "BOB", at("2026-03-09"), ["J449"]),
        ("100-RCC-ALICE", "ALICE", at("2026-05-02"), ["I10"]),
        ("200", "ALICE", at("2026-06-02"), ["I10"]),
    ]
    assert "1 of the numbers stand for more than one person or trust" in reading.findings[-1].message


@pytest.mark.fault("F24")
def test_a_visit_is_given_twice_only_where_it_is_the_same_persons_at_the_same_trust(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    given = "1,ALICE,RAA,2026-01-01\n1,BOB,RBB,2026-02-01\n1,BOB,RBB,2026-02-02\n2,ALICE,,2026-03-01\n"
    given += "2,ALICE,RAA,2026-03-02\n3,ALICE,,2026-04-01\n3,BOB,,2026-04-01\n"
    reading = taken(con, tmp_path, "attendance_id,person_id,provider,arrived_at\n" + given)
    assert (reading.rows_in, reading.loaded, reading.rejected, reading.written) == (7, 5, 2, 5)
    assert [row[0] for row in rows(reading, "attendance_id")] == ["1-RAA-ALICE", "1-RBB-BOB", "2", "3-ALICE", "3-BOB"]
    assert rows(reading, "arrived_at")[1:3] == [(at("2026-02-02"),), (at("2026-03-02"),)]


def test_ecds_names_and_the_trusts_own_map_are_understood(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file, known = tmp_path / "ecds.csv", tmp_path / "map.csv"
    file.write_text(
        "EC_Ident,Der_Pseudo_NHS_Number,Arrival_Date,Arrival_Time,EC_Discharge_Status_SNOMED_CT,EC_Diagnosis_01\n"
        "1,P1,2026-01-02,23:15:00,1066311000000101,73211009\n2,P2,2026-01-03,,1077021000000100,1\n"
    )
    known.write_text("snomed,icd10\n73211009,E14.9\n")
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", snomed=known)
    assert reading.unmapped == 0.5
    assert "50.0% of the SNOMED CT diagnoses" in reading.findings[-1].message
    assert rows(reading, "attendance_id, arrived_at, left_before_seen, icd10") == [
        ("1", at("2026-01-02T23:15"), True, ["E149"]),
        ("2", at("2026-01-03"), False, []),
    ]


@pytest.mark.parametrize(
    ("heading", "mapping", "read_as"),
    [
        ("AEATTENDCAT", {}, ["1", "4", "2", "9", "4"]),
        ("aeattendcat", {"category": "aeattendcat"}, ["1", "4", "2", "9", "4"]),
        ("EDATTENDCAT", {}, ["1", "2", "3", "9", "2"]),
        ("category", {}, ["1", "2", "3", "9", "2"]),
    ],
)
def test_a_planned_follow_up_of_hes_is_no_visit_that_nobody_planned(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, heading: str, mapping: dict[str, str], read_as: list[str]
) -> None:
    file = tmp_path / "hes_ae.csv"
    given = "".join(f"{number},P1,2010-01-02,{code}\n" for number, code in enumerate(["1", "2", "3", "9", "02"]))
    file.write_text(f"AEKEY,PSEUDO_HESID,ARRIVALDATE,{heading}\n{given}")
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", mapping=mapping)
    assert [row[1] for row in rows(reading, "attendance_id, category")] == read_as


@pytest.mark.parametrize(
    ("heading", "read_as"),
    [("AEATTENDDISP", [False, False, True, False, None, False]),
     ("left_before_seen", [True, False, True, None, None, False])],
)  # fmt: skip
def test_somebody_hes_says_was_admitted_has_not_left_before_being_seen(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, heading: str, read_as: list[bool | None]
) -> None:
    given = "".join(f"{n},P1,2010-01-02,{code}\n" for n, code in enumerate(["1", "01", "12", "2", "", "0"]))
    reading = taken(con, tmp_path, f"AEKEY,PSEUDO_HESID,ARRIVALDATE,{heading}\n{given}")
    assert [row[1] for row in rows(reading, "attendance_id, left_before_seen")] == read_as


def test_a_saved_mapping_a_western_alphabet_and_our_own_parquet(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes("Besuch|Wer|Wann\n1|Zoë|2026-01-02\n".encode("latin-1"))
    mapping = {"attendance_id": "Besuch", "person_id": "Wer", "arrived_at": "Wann"}
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", mapping=mapping)
    assert rows(reading, "person_id") == [("Zoë",)]


@pytest.mark.fault("F24")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_a_spreadsheet_saves_as_unicode_text_is_read_like_any_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, encoding: str
) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    given = f"{mark}{HEAD}A1,Zo\u00eb \U0001f600,2026-01-02,1,\nA2,P2\nA3,P3,2026-01-03,4,ICD10:J44.9\n".replace(
        ",", "\t"
    )
    reading = taken(con, tmp_path, given.encode(encoding))
    assert (reading.rows_in, reading.loaded, reading.rejected) == (3, 2, 1)
    assert [finding.where for finding in reading.findings] == ["given.csv, line 3"]
    assert rows(reading, "attendance_id, person_id, category") == [
        ("A1", "Zo\u00eb \U0001f600", "1"),
        ("A3", "P3", "4"),
    ]
    with pytest.raises(Invalid, match="breaks off"):
        taken(con, tmp_path, given.encode(encoding)[:-1])


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("sign", "read_as"), [(b"\x92", "\u2019"), (b"\x96", "\u2013"), (b"\xe9", "\u00e9"), (b"\xe9\x81", "\u00e9\x81")]
)
def test_what_windows_saves_in_its_own_alphabet_is_read_like_any_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, sign: bytes, read_as: str
) -> None:
    reading = taken(con, tmp_path, HEAD.encode() + b"A1,O" + sign + b"Neill,2026-01-02,1,\n")
    assert rows(reading, "person_id") == [(f"O{read_as}Neill",)]


def test_an_nhs_number_is_one_person_however_it_is_grouped(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Lose this, and somebody who came six times under two writings came often under neither."""
    grouped = ["943 476 5919", "943-476-5919", "943\u2013476\u20135919", " 943\u00a04765919", "9434765919"]
    others = ["943 476 5918", "12-34-56-78-90", "9434-765919X", "99 9", "RX1 4505577104", "4505577104-2"]
    given = "".join(f"{n},{text},2026-01-02,1,\n" for n, text in enumerate([*grouped, *others], start=10))
    reading = taken(con, tmp_path, HEAD + given)
    assert [row[1] for row in rows(reading, "attendance_id, person_id")] == ["9434765919"] * len(grouped) + others


def test_the_seven_decimals_of_sql_server_cost_no_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    times = ["2026-01-01 10:00:00.0000000", "2026-01-01T10:00:00.1234567", "2026-01-01 10:00:00.123"]
    reading = taken(con, tmp_path, HEAD + "".join(f"{n},P1,{time},1,\n" for n, time in enumerate(times)))
    read_as = ["2026-01-01T10:00", "2026-01-01T10:00:00.123456", "2026-01-01T10:00:00.123"]
    assert [row[1] for row in rows(reading, "attendance_id, arrived_at")] == [at(time) for time in read_as]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2026-07-01T10:00:00+0100", "2026-07-01T10:00"), ("2026-07-01 10:00:00-0500", "2026-07-01T16:00"),
        ("2026-01-02 10:00:00.1234567+0000", "2026-01-02T10:00:00.123456"),
        ("2026-07-01 10:00:00.0000000 +01:00", "2026-07-01T10:00"), ("2026-01-02 10:00 +0100", "2026-01-02T09:00"),
        ("02/01/2026 10:05 PM", "2026-01-02T22:05"), ("02/01/2026 12:05:09 am", "2026-01-02T00:05:09"),
        ("2026-01-02 12:30PM", "2026-01-02T12:30"), ("02-Jan-2026 9:05 pm", "2026-01-02T21:05"),
        ("02/01/2026 13:05 PM", None), ("02/01/2026 0:05 AM", None), ("01/13/2026 1:05 PM", None),
        ("02/01/26 10:05 PM", None), ("02/01/26 10:05", None), ("02-Jan-26", None),
        ("02/01/26 10:00:00+0100", None), ("2026-01-02 10:00+9900", None), ("2026-01-02 M", None),
    ],
)  # fmt: skip
def test_a_time_is_read_only_where_it_can_mean_one_thing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, written: str, read_as: str | None
) -> None:
    """Lose this, and visits of a night are those of the day, or none."""
    reading = taken(con, tmp_path, f"{HEAD}1,P1,{written},1,\n")
    assert [row[0] for row in rows(reading, "arrived_at")] == ([at(read_as)] if read_as else [])
    assert (reading.loaded, reading.rejected) == ((1, 0) if read_as else (0, 1))


CLEAN = {
    "attendance_id": "1", "person_id": "P1", "arrived_at": at("2026-01-02T10:11"), "category": "1",
    "accommodation": "no_fixed_abode", "diagnoses": [{"system": "ICD10", "code": "I10X"}],
}  # fmt: skip


def parquet(folder: Path, *values: dict[str, object]) -> Path:
    """Rows of our own columns, with the mark that Linkwell once wrote to files it had made."""
    pairs = pa.list_(pa.struct([("system", pa.string()), ("code", pa.string())]))
    types = {"arrived_at": pa.timestamp("us"), "diagnoses": pairs}
    schema = pa.schema(
        [(name, types.get(name, pa.string())) for name in CLEAN], metadata={"linkwell_activity": "attendances"}
    )
    pq.write_table(pa.Table.from_pylist([CLEAN | each for each in values], schema=schema), folder / "own.parquet")
    return folder / "own.parquet"


def test_a_parquet_file_that_needs_no_change_is_used_where_it_lies(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    file, into = parquet(tmp_path, {}, {"attendance_id": "2", "category": None}), tmp_path / "out.parquet"
    lies = read(con, [file], TABLES["attendances"], into, copy=False)
    assert not into.exists()
    assert (lies.rows_in, lies.loaded, lies.findings) == (2, 2, ())
    columns = "attendance_id, person_id, arrived_at, category, accommodation, provider, icd10"
    assert con.execute(f"select {columns} from ({lies.rows})").fetchall() == [
        ("1", "P1", at("2026-01-02T10:11"), "1", "no_fixed_abode", None, ["I10"]),
        ("2", "P1", at("2026-01-02T10:11"), None, "no_fixed_abode", None, ["I10"]),
    ]
    assert rows(read(con, [file], TABLES["attendances"], into), "person_id, icd10") == [("P1", ["I10"])] * 2


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("wrong", "loaded", "column", "written"),
    [
        ({"person_id": "9.43E+09"}, 1, "person_id", "P1"), ({"person_id": " "}, 1, "person_id", "P1"),
        ({"person_id": " P2"}, 2, "person_id", "P2"), ({"person_id": "943-476-5919"}, 2, "person_id", "9434765919"),
        ({"attendance_id": "1"}, 1, "person_id", "P1"),
        ({"arrived_at": at("1800-01-01")}, 1, "person_id", "P1"), ({"category": "01"}, 2, "category", "1"),
        ({"accommodation": "Rough Sleeping"}, 2, "accommodation", "rough_sleeping"),
        ({"diagnoses": [{"system": "ICD10", "code": "E11.9"}]}, 2, "array_to_string(icd10, '')", "E119"),
    ],
)  # fmt: skip
def test_a_file_that_says_it_is_ours_is_looked_at_like_any_other(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, wrong: dict[str, object], loaded: int, column: str, written: str
) -> None:
    file = parquet(tmp_path, {}, {"attendance_id": "2"} | wrong)
    reading = read(con, [file], TABLES["attendances"], tmp_path / "out.parquet", copy=False)
    assert (reading.rows_in, reading.loaded, reading.rejected) == (2, loaded, 2 - loaded)
    assert (written,) in rows(reading, column)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", ""), ("a.csv", "attendance_id,person_id\n1,2\n"), ("a.csv", "a,A\n1,2\n"), ("a.parquet", "no"),
     ("a.xlsx", "no")],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_refused_in_plain_words(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, text: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(Invalid):
        read(con, [file], TABLES["attendances"], tmp_path / "out.parquet")


def test_settings_are_checked_before_anything_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[repeat_attendance]\nvisits = 6\nsame_provider = true\n")
    assert rule_settings.read(file)["repeat_attendance"]["visits"] == 6
    for wrong in ("[no_such]\na = 1", "[long_stay]\nnights = -1", "[long_stay]\nnights = true", "[long_stay]\nx = 1"):
        file.write_text(wrong)
        with pytest.raises(Invalid):
            rule_settings.read(file)
    assert rules.named("repeat_attendance") is not None
