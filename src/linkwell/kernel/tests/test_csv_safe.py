"""If these fail, opening an export runs a stranger's formula, or a telephone number comes back changed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkwell.kernel.csv_safe import needs_quote, original, read_rows, safe, write_rows
from linkwell.kernel.errors import Invalid, TooMany

RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠A1", " =1", "\ufeff=1",
        "  \t @x", "\u200b=1", "\xa0=1", "=cmd|' /C calc'!A0", "|x", "%0A=1"]  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=20), st.sampled_from(RUNS), st.from_regex(r"[ \t'=+@-]{0,4}[a-z0-9]{0,3}", fullmatch=True)
)


def _written(header: list[str], rows: list[list[object]]) -> str:
    stream = io.StringIO(newline="")
    write_rows(stream, header, rows)
    return stream.getvalue()


def _read(text: str) -> list[dict[str, str]]:
    return list(read_rows(io.StringIO(text, newline="")))


@pytest.mark.fault("F23")
@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_can_run(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(_written(["a"], [[cell]]), newline="")))
    assert rows[1] == ["'" + cell]


@pytest.mark.fault("F23")
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8))
@example(rows=[["+44 7700 900123", "'quoted"], ["''", "'"], ["", " "]])
def test_what_goes_out_comes_back(rows: list[list[str]]) -> None:
    read = _read(_written(["name", "=phone"], [list(row) for row in rows]))
    assert [list(row.values()) for row in read] == rows
    assert all(list(row) == ["name", "=phone"] for row in read)


@pytest.mark.fault("F23")
@given(cell=CELLS)
def test_every_cell_is_marked_at_most_once_and_unmarked_exactly(cell: str) -> None:
    assert original(safe(cell)) == cell
    assert not needs_quote(cell) or safe(cell) == "'" + cell


def test_numbers_dates_and_nothing_are_written_plainly() -> None:
    assert _written(["a", "b", "c"], [[1, None, 2.5]]) == '"a","b","c"\r\n"1","","2.5"\r\n'
    assert _written(["a"], [[-3]]) == '"a"\r\n"\'-3"\r\n'


def test_a_row_of_the_wrong_length_is_never_written() -> None:
    with pytest.raises(ValueError, match="row 1 has 1"):
        _written(["a", "b"], [["x"]])


@pytest.mark.fault("F24")
@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "header"),
        ("a,a\r\n1,2\r\n", "header"),
        ("a,\r\n1,2\r\n", "header"),
        ("a,b\r\n1\r\n", "row 1"),
        ("a,b\r\n1,2,3\r\n", "row 1"),
        ('a,b\r\n"1,2\r\n', "line 2"),
    ],
)
def test_a_damaged_file_is_refused_with_the_place(text: str, where: str) -> None:
    with pytest.raises(Invalid) as refused:
        _read(text)
    assert refused.value.findings[0].where == where
    assert refused.value.findings[0].message


@pytest.mark.fault("F24")
def test_too_many_rows_are_refused_and_never_cut_short() -> None:
    with pytest.raises(TooMany):
        list(read_rows(io.StringIO("a\r\n1\r\n2\r\n3\r\n", newline=""), most_rows=2))


@pytest.mark.fault("F24")
def test_a_byte_order_mark_is_no_part_of_the_first_column_name() -> None:
    assert _read("\ufeffname\r\nAmina\r\n") == [{"name": "Amina"}]


@pytest.mark.fault("F24")
def test_another_encoding_is_explained() -> None:
    stream = io.TextIOWrapper(io.BytesIO("name\r\nZoë\r\n".encode("latin-1")), encoding="utf-8", newline="")
    with pytest.raises(Invalid, match="UTF-8"):
        list(read_rows(stream))
